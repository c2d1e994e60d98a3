"""One module for each dataset format: how it is recognised, read, and written again."""
