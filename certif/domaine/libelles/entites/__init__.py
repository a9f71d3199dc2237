"""The words of what an entité is called and says of itself."""
