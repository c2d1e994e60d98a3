"""Live labeling tools: what can be tried without one; the rest is in tests/interop."""
