"""What became of every class between two states: a value with laws (MODEL: correspondence)."""
