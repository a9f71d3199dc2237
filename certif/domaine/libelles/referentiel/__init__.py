"""The words of what is certified, and of who may."""
