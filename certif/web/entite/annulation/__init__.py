"""*Annuler et refaire*."""
