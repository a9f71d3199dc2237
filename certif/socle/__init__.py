"""The technical base, which knows no domain word: clock, queue, storage, processes, keys, log."""
