"""What only a browser can tell; ``make browser`` runs these."""
