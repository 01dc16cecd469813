"""How the shipped Swedish embedding is made. Not installed; run from a checkout."""
