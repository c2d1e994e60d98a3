"""What goes over the wire as JSON: pydantic models, strict, every field described."""
