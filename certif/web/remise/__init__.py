"""Where the holder of a certificate opens it: a code that was scanned, a birth date."""
