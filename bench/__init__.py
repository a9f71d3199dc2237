"""How fast certificates are made, compared in one run with the ways that others offer: `make bench`."""
