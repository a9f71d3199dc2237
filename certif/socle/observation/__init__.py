"""What is told of the machine itself: its log, what it counts, whether it works. Nothing of persons."""
