"""Backups: everything that the database and the storage hold, in one file that only the operator opens."""
