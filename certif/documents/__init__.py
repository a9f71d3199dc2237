"""From frozen data to bytes: the certificate, its fonts, the archive. No database, no Flask."""
