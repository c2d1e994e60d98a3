"""Annotations against a version."""
