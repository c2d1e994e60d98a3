"""Live labeling tools brought from one version to another, and back."""
