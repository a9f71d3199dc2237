"""What the worker accepts to run."""

from certif import taches
from certif.ouvrier import fonctions_de


def test_only_functions_of_the_module_itself() -> None:
    noms = fonctions_de(taches)
    assert {"reconcilier", "purger", "envoyer_courriers"} <= noms
    assert not any(nom.startswith("_") for nom in noms)
    for nom in noms:
        assert getattr(taches, nom).__module__ == "certif.taches"
