"""The words of demandes."""
