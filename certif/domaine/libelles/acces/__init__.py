"""The words of how one comes in."""
