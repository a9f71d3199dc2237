"""What an entité asks of the platform: an habilitation, or another identity (R16)."""
