"""The tab "Session", and what every tab of a session shows."""
