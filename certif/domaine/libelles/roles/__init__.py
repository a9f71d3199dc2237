"""The words of what one may, and of individus."""
