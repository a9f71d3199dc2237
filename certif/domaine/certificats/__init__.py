"""From *Générer* to the purge: asked for, handed over, cancelled, erased."""
