"""The words of certificates, from their generation to their verification."""
