"""What is kept of a trainee, as both sides look for it."""
