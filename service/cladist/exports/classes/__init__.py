"""The classes of a version in the forms that labeling tools and training code read."""
