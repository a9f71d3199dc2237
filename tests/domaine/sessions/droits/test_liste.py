"""The list of habilitations: the states of the record, found by words, in as few queries at any length."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from certif.domaine.referentiel import habilitations
from certif.domaine.referentiel import lectures_habilitations as lectures
from certif.domaine.referentiel.lectures_habilitations import FIN_PROCHE, EtatHabilitation, etat_au
from certif.domaine.referentiel.modeles import Habilitation
from certif.socle.base.extensions import db
from certif.socle.base.pagination import Place, Question
from certif.socle.horloge import aujourd_hui
from tests.domaine.sessions.droits.habilitation import UN, F, combien_de_requetes
from tests.support.factories import un_certificat, une_habilitation
from tests.support.moves import Troupe


@pytest.mark.usefixtures("chaque_base")
def test_the_list_asks_the_database_for_the_very_states_of_the_record(troupe: Troupe) -> None:
    entite, niveau = troupe.marose.entite_id, troupe.marose.niveau_id
    jours = [F - UN, F, F + UN]
    cas = [(d, f, r) for d in jours for f in jours if d <= f for r in (None, *jours)]
    for debut, fin, retrait in cas:
        une_habilitation(entite, niveau, debut, fin, retrait_le=retrait)
    for fin in (date(2026, 9, 8), date(2026, 9, 9)):
        une_habilitation(entite, niveau, F, fin)
    suspendues = [une_habilitation(entite, niveau, F - UN, F + UN).id for _ in range(4)]
    for h_id, (du, au) in zip(suspendues, ((F, None), (F, F), (F - UN, F - UN), (F + UN, None)), strict=True):
        h = db.session.get_one(Habilitation, h_id)
        habilitations.suspendre(troupe.administrateur, h, du, au)
    toutes = list(db.session.scalars(select(Habilitation)))
    for cherche in EtatHabilitation:
        attendues = sorted(h.id for h in toutes if etat_au(h, aujourd_hui()) is cherche)
        assert trouvees(troupe, etat=cherche.value) == attendues, cherche
    proches = [db.session.get_one(Habilitation, h).fin for h in trouvees(troupe, etat=FIN_PROCHE)]
    assert max(proches) == date(2026, 9, 8) and min(proches) >= F


def trouvees(troupe: Troupe, recherche: str = "", **criteres: Any) -> list[int]:
    """The identifiers of every page."""
    db.session.rollback()
    questions = [Question(recherche, criteres, place=Place(page)) for page in (1, 2, 3)]
    return sorted({h.id for q in questions for h in lectures.lister(troupe.administrateur, q).lignes})


def test_it_is_found_by_words_of_its_entite_by_number_and_by_niveau_in_as_many_queries(
    troupe: Troupe,
) -> None:
    catec = un_certificat("CATEC-1", "CATEC").niveau_id
    de_guy = une_habilitation(troupe.guy.entite_id, catec).id
    numero = db.session.get_one(Habilitation, de_guy).numero
    for recherche in ("guy forma", f" {numero.lower()} ", numero[2:]):
        assert de_guy in trouvees(troupe, recherche), recherche
    assert trouvees(troupe, "marose") == [troupe.marose.habilitation_id]
    assert trouvees(troupe, "%") == trouvees(troupe, "zzz") == []
    assert trouvees(troupe, niveau=str(catec)) == [de_guy]
    peu = combien_de_requetes(lambda: lire_la_liste(troupe))
    for rang in range(20):
        h = une_habilitation(troupe.marose.entite_id, catec if rang % 2 else troupe.marose.niveau_id)
        habilitations.suspendre(troupe.administrateur, h, F, None)
    assert combien_de_requetes(lambda: lire_la_liste(troupe)) == peu


def lire_la_liste(troupe: Troupe) -> None:
    for h in lectures.lister(troupe.administrateur, Question()).lignes:
        assert etat_au(h, F) and h.entite.raison_sociale and h.niveau.libelle
