"""What remains of certificates for ever: numbers, who issued them, keyed hashes; and their verification."""
