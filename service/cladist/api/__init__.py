"""The service over HTTP: routes per noun, problems for errors, ready bytes for frozen answers."""
