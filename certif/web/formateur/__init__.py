"""The formateur's space."""
