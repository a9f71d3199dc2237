"""The table of letters that nobody tells apart on paper."""
