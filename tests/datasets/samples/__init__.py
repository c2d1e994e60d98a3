"""One module for each format: the same scene written in it, and counted without our readers."""
