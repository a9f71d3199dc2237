"""Tables that somebody sends, opened in a process of their own."""
