"""The tab of the certificates, while they are made and once they are."""
