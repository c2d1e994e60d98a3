"""Webhooks and events, with real receivers."""
