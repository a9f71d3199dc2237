"""Where towns and countries come from."""
