"""Changes: what they are (``kinds``), what they do (``planning``), what undoes them (``effect``)."""
