"""What differs between two states of a taxonomy: operations, cards, statements."""
