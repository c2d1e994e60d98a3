"""Correspondence tables: what people write down, in files, on which code became which."""
