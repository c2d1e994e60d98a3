"""The pure model: what a taxonomy is, how it changes, and what follows from a change."""
