"""What leaves Cladist for other tools, in their formats."""
