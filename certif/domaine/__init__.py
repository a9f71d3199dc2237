"""What an organisation would recognise: persons, sessions, certificates, and their rules; never the web."""
