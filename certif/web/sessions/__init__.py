"""What the entité's and the formateur's session pages share: their frame and its fragments."""
