"""Changes: what they are (``kinds``), what they do (``planning``), how that is undone (``effect``)."""
