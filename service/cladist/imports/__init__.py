"""Readers: what domain experts have, turned into a new taxonomy or a new state of an old one."""
