"""The rules on sessions, one function each, pure; called by their module, which names the file."""
