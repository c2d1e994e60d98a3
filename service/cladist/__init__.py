"""Cladist: versioned label taxonomies for machine learning."""

__version__ = "0.1.0"
