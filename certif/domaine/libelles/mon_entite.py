"""Sentences of MON ENTITÉ: its fields, its logo, its trade names."""

from certif.domaine.libelles.typographie import francais

NOMBRE_ATTEINT = francais("Trois noms commerciaux au plus : retirez-en un avant d'en demander un autre.")
NOM_EN_DOUBLE = francais("Votre entité a déjà ce nom.")

