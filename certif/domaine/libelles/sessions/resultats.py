"""How many succeeded and how many failed, said in the same words wherever results are counted."""

from certif.domaine.libelles.typographie import phrase, pluriel


def reussites(nombre: int) -> str:
    return pluriel(nombre, "réussite", "réussites")


def echecs(nombre: int) -> str:
    return pluriel(nombre, "échec", "échecs")


def resultats(reussies: int, echouees: int) -> str:
    """`11 réussites, 1 échec`."""
    return f"{reussites(reussies)}, {echecs(echouees)}"


def envoyes(reussies: int, echouees: int) -> str:
    """Over the results, on either side, once they were sent."""
    return phrase("Résultats : {quoi}", quoi=resultats(reussies, echouees))
