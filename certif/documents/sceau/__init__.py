"""The seal of documents, and the key that makes it."""
