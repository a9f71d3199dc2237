"""What the worker accepts to run."""

from certif import taches
from certif.ouvrier import fonctions_de


def test_what_the_queue_is_for_and_nothing_else() -> None:
    assert fonctions_de(taches) == {
        "produire_certificats",
        "reconstituer_archive",
        "produire_dossier",
        "effacer_traces",
    }
