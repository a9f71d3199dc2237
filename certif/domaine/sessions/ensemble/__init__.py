"""The overview of an entité: what waits for whom, rights that end, the sessions of a month."""
