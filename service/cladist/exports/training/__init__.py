"""What training code needs of a version beside its class list."""
