"""What workers make of a session: certificates, zip, dossier; claimed, made, stored, marked."""
