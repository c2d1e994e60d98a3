"""Annotations against one version: what is wrong with each, and how many are right."""
