"""The codes by which certificates are handed over: made, shown, stopped."""
