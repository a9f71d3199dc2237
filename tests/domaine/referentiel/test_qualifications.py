"""Qualifications: to whom they are granted, that no day counts twice, what a withdrawal leaves."""

from concurrent.futures import ThreadPoolExecutor
from datetime import date, timedelta
from threading import Barrier

import pytest
from flask import Flask
from sqlalchemy import select

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles.personnes import NUMERO_INCONNU
from certif.domaine.libelles.referentiel import qualifications as textes
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel import qualifications as actions
from certif.domaine.referentiel.modeles import Qualification
from certif.socle.base.extensions import db
from certif.socle.base.pagination import Question
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant
from tests.support.factories import un_acteur, un_alias, un_certificat, une_personne, une_qualification
from tests.support.moves import Troupe

DEBUT, FIN = date(2026, 1, 1), date(2026, 12, 31)
JOUR = timedelta(days=1)


@pytest.fixture
def niveau(troupe: Troupe) -> int:
    """A niveau that nobody holds."""
    return un_certificat("PRAP-IBC", "PRAP").niveau_id


def numero(individu_id: int) -> str:
    return db.session.get_one(Individu, individu_id).numero


def accorder(troupe: Troupe, niveau: int, debut: date = DEBUT, fin: date = FIN) -> int:
    formateur = numero(troupe.formateur.individu_id)
    return actions.accorder(troupe.administrateur, formateur, str(niveau), debut, fin)


def lue(qualification_id: int) -> Qualification:
    db.session.rollback()
    return db.session.get_one(Qualification, qualification_id)


def champs(refus: pytest.ExceptionInfo[SaisieInvalide]) -> dict[str, list[str]]:
    return refus.value.champs


def test_it_is_granted_to_an_active_formateur_whatever_former_number_leads_to_them(
    troupe: Troupe, niveau: int
) -> None:
    qui = troupe.formateur.individu_id
    tiers = une_personne(fusionne_dans_id=une_personne(fusionne_dans_id=qui).id)
    admin = troupe.administrateur
    identifiant = actions.accorder(admin, f" {tiers.numero.lower()} ", str(niveau), DEBUT, DEBUT)
    assert lue(identifiant).individu_id == qui
    trace = db.session.scalars(select(EntreeJournal).filter_by(objet="qualification")).one()
    assert trace.action == "accorder" and trace.apres is not None
    assert trace.apres["individu"] == qui and trace.apres["fin"] == "2026-01-01"


def test_anybody_else_is_refused_beside_the_field(troupe: Troupe, niveau: int) -> None:
    admin = troupe.administrateur
    ancien = un_acteur(TypeRole.FORMATEUR).individu_id
    efface = une_personne(efface_le=maintenant()).numero
    with transaction():
        role = db.session.scalars(select(Role).filter_by(individu_id=ancien)).one()
        role.fin_le = aujourd_hui() - JOUR
    cas = (
        ("ZZZ99999", NUMERO_INCONNU),
        (efface, NUMERO_INCONNU),
        (numero(troupe.gestionnaire.individu_id), textes.PAS_FORMATEUR),
        (numero(ancien), textes.PAS_FORMATEUR),
    )
    for qui, message in cas:
        with pytest.raises(SaisieInvalide) as refus:
            actions.accorder(admin, qui, "²", FIN, DEBUT)
        assert champs(refus) == {
            "numero": [message],
            "niveau": [textes.NIVEAU_INCONNU],
            "fin": [textes.FIN_AVANT_DEBUT],
        }
    with pytest.raises(Introuvable):
        actions.accorder(troupe.gestionnaire, "ZZZ99999", str(niveau), DEBUT, FIN)


def test_two_of_one_niveau_share_no_day(troupe: Troupe, niveau: int) -> None:
    premiere = accorder(troupe, niveau)
    for debut, fin in ((FIN, FIN), (date(2025, 1, 1), DEBUT), (date(2025, 1, 1), date(2028, 1, 1))):
        with pytest.raises(SaisieInvalide, match="a déjà la qualification"):
            accorder(troupe, niveau, debut, fin)
    suivante = accorder(troupe, niveau, FIN + JOUR, FIN + 2 * JOUR)
    with pytest.raises(SaisieInvalide) as refus:
        accorder(troupe, niveau, DEBUT, FIN + 2 * JOUR)
    periodes = [(DEBUT, FIN), (FIN + JOUR, FIN + 2 * JOUR)]
    assert champs(refus) == {"debut": [textes.deja("PRAP / 1", periodes)]}, "both are named"
    admin = troupe.administrateur
    with pytest.raises(SaisieInvalide) as refus:
        actions.prolonger(admin, lue(premiere), FIN + JOUR)
    assert list(champs(refus)) == ["fin"]
    with pytest.raises(SaisieInvalide, match="après le"):
        actions.prolonger(admin, lue(suivante), FIN + 2 * JOUR)
    actions.prolonger(admin, lue(suivante), FIN + 3 * JOUR)
    assert lue(suivante).fin == FIN + 3 * JOUR
    with pytest.raises(SaisieInvalide):
        actions.corriger(admin, lue(suivante), FIN, FIN + JOUR)
    actions.corriger(admin, lue(premiere), DEBUT, FIN - JOUR)
    actions.corriger(admin, lue(suivante), FIN, FIN)
    assert (lue(premiere).fin, lue(suivante).debut) == (FIN - JOUR, FIN)


def test_one_withdrawn_keeps_its_dates_and_leaves_its_days_free(troupe: Troupe, niveau: int) -> None:
    admin, identifiant = troupe.administrateur, accorder(troupe, niveau)
    with pytest.raises(SaisieInvalide):
        actions.retirer(admin, lue(identifiant), FIN + JOUR)
    actions.retirer(admin, lue(identifiant), date(2026, 6, 10))
    assert (lue(identifiant).fin, lue(identifiant).dernier_jour) == (FIN, date(2026, 6, 9))
    with pytest.raises(ActionImpossible):
        actions.retirer(admin, lue(identifiant), DEBUT)
    with pytest.raises(ActionImpossible):
        actions.prolonger(admin, lue(identifiant), FIN + JOUR)
    with pytest.raises(SaisieInvalide):
        accorder(troupe, niveau, date(2026, 6, 9), FIN)
    accorder(troupe, niveau, date(2026, 6, 10), FIN)
    with pytest.raises(ActionImpossible):  # its days are somebody's again
        actions.annuler_le_retrait(admin, lue(identifiant))
    seule = accorder(troupe, niveau, FIN + JOUR, FIN + 9 * JOUR)
    actions.retirer(admin, lue(seule), FIN + JOUR)
    accorder(troupe, niveau, FIN + JOUR, FIN + JOUR)  # withdrawn from its first day, it holds none
    assert lue(seule).dernier_jour < lue(seule).debut


def test_the_list_tells_what_counts_ends_soon_or_is_over(troupe: Troupe, niveau: int) -> None:
    jour, qui = aujourd_hui(), troupe.remplacant.individu_id
    debut, loin = jour - 100 * JOUR, jour + 900 * JOUR
    cas: tuple[tuple[date, date, date | None, set[str]], ...] = (
        (debut, jour - JOUR, None, {"terminees"}),
        (debut, jour, None, {"en-vigueur", "bientot"}),
        (debut, jour + 90 * JOUR, None, {"en-vigueur", "bientot"}),
        (debut, jour + 91 * JOUR, None, {"en-vigueur"}),
        (debut, loin, jour, {"terminees"}),
        (debut, loin, jour + JOUR, {"en-vigueur", "bientot"}),
        (debut, loin, jour + 91 * JOUR, {"en-vigueur", "bientot"}),
        (debut, loin, jour + 92 * JOUR, {"en-vigueur"}),
        (jour + JOUR, loin, None, set()),
        (jour + JOUR, loin, jour + JOUR, {"terminees"}),
    )
    attendus: dict[str, set[int]] = {"en-vigueur": set(), "bientot": set(), "terminees": set()}
    for premier, dernier, retrait_le, etats in cas:
        identifiant = une_qualification(qui, niveau, premier, dernier).id
        with transaction():
            db.session.get_one(Qualification, identifiant).retrait_le = retrait_le
        for etat in etats:
            attendus[etat].add(identifiant)
    for etat, attendu in attendus.items():
        question = Question("garn paul", {"etat": etat, "niveau": str(niveau)})
        assert {q.id for q in actions.lister(troupe.administrateur, question).lignes} == attendu, etat
    for tri in ("", "niveau", "fin"):
        assert actions.lister(troupe.administrateur, Question(tri=tri, decroissant=True)).total == 13
    assert actions.lister(troupe.administrateur, Question("rivi garn")).total == 0
    ancien = un_alias(qui).numero
    assert actions.lister(troupe.administrateur, Question(ancien.lower())).total == 11


def test_granted_at_the_same_instant_one_is(
    chaque_base: str, troupe: Troupe, niveau: int, contexte: Flask
) -> None:
    depart = Barrier(4)

    def un() -> object:
        with contexte.app_context():
            depart.wait(timeout=30)
            try:
                return accorder(troupe, niveau)
            except SaisieInvalide as refus:
                return refus

    db.session.rollback()
    with ThreadPoolExecutor(4) as fils:
        obtenus = list(fils.map(lambda _: un(), range(4)))
    assert sum(isinstance(o, int) for o in obtenus) == 1
    assert len(db.session.scalars(select(Qualification).filter_by(niveau_id=niveau)).all()) == 1
