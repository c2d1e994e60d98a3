"""Changes: what they are (``kinds``), do (``planning``) and how they are undone (``effect``)."""
