"""How Certif holds under load: a large database, real servers, real journeys, and what they take."""
