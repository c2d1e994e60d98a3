"""The use cases: what people and programs do with taxonomies, one method each."""
