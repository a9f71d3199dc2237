"""Who people and organisations are: rows, numbers, names, and who holds which role."""
