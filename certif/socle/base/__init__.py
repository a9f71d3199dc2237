"""The database: transactions, locks, pages of rows, forgetting."""
