"""Who a session waits for and can no longer act: the formateur, then the declarer (R17)."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import select, update

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide, VersionPerimee
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.actions.confier import confier, declarants_possibles
from certif.domaine.sessions.actions.soumission import relancer_le_formateur
from certif.domaine.sessions.chronologie import chronologie
from certif.domaine.sessions.droits.conditions import verdicts_de
from certif.domaine.sessions.droits.relais import prevenir, relais, relais_de
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.presentation import actions_possibles, tour_de
from certif.domaine.sessions.regles import designation
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_acteur, un_role, une_personne, une_qualification, une_session, version
from tests.support.moves import Troupe, agir, courriers, lire

F = date(2026, 6, 10)
UN = timedelta(days=1)


def changer(modele: Any, individu_id: int, **valeurs: Any) -> None:
    cle = modele.id if modele is Individu else modele.individu_id
    with transaction():
        db.session.execute(update(modele).where(cle == individu_id).values(**valeurs))


def chez_le_formateur(troupe: Troupe, **colonnes: Any) -> int:
    return une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, date_fin=F, **colonnes)


DEPARTS: dict[str, tuple[Any, dict[str, Any]]] = {
    "deactivated": (Individu, {"actif": False}),
    "account ended yesterday": (Individu, {"fin_le": F - UN}),
    "account that ends today": (Individu, {"fin_le": F}),
    "role withdrawn": (Role, {"actif": False}),
    "role ended yesterday": (Role, {"fin_le": F - UN}),
    "role that ends today": (Role, {"fin_le": F}),
    "qualification until F": (Qualification, {"fin": F}),
    "qualification until the eve": (Qualification, {"fin": F - UN}),
    "qualification from F": (Qualification, {"debut": F}),
    "qualification from the morrow": (Qualification, {"debut": F + UN}),
    "qualification withdrawn on F": (Qualification, {"retrait_le": F}),
    "qualification withdrawn after F": (Qualification, {"retrait_le": F + UN}),
    "nothing": (Individu, {"actif": True}),
}


@pytest.mark.usefixtures("chaque_base")
def test_the_condition_of_the_lists_is_r3(troupe: Troupe) -> None:
    numero = chez_le_formateur(troupe)
    qui = troupe.formateur.individu_id
    neuf: dict[type, dict[str, Any]] = {g: {"actif": True, "fin_le": None} for g in (Individu, Role)}
    neuf[Qualification] = {"debut": date(2020, 1, 1), "fin": date(2030, 1, 1), "retrait_le": None}
    for cas, (modele, valeurs) in DEPARTS.items():
        changer(modele, qui, **{**neuf[modele], **valeurs})
        lue = lire(numero)
        refuse = not designation.accepte(verdicts_de(lue, qui))
        assert relais_de(lue).formateur_empeche is refuse, cas
        changer(modele, qui, **neuf[modele])


def test_one_qualification_that_covers_is_enough(troupe: Troupe) -> None:
    numero = chez_le_formateur(troupe)
    changer(Qualification, troupe.formateur.individu_id, fin=F - UN)
    assert relais_de(lire(numero)).formateur_empeche
    une_qualification(troupe.formateur.individu_id, troupe.marose.niveau_id, F, F)
    assert not relais_de(lire(numero)).formateur_empeche


class TestFormateurEmpeche:
    def test_it_is_the_entites_turn_and_no_reminder_is_offered(self, troupe: Troupe) -> None:
        numero = chez_le_formateur(troupe, declarant=troupe.delegataire)
        changer(Role, troupe.formateur.individu_id, actif=False)
        lue = lire(numero)
        tour = tour_de(lue, troupe.delegataire, None, relais_de(lue))
        assert tour.a_moi and tour.texte.endswith("reprendre la saisie")
        with pytest.raises(ActionImpossible, match="reprenez la saisie"):
            relancer_le_formateur(troupe.delegataire, numero)
        agir(Action.REPRENDRE_SAISIE, troupe.delegataire, numero)
        assert not relais_de(lire(numero)).formateur_empeche

    @pytest.mark.usefixtures("chaque_base")
    def test_the_entite_is_told_once_each_time(
        self, troupe: Troupe, horloge_a: Callable[[str], None]
    ) -> None:
        numero = chez_le_formateur(troupe, declarant=troupe.delegataire)
        qui, avant = troupe.formateur.individu_id, len(courriers())
        prevenir()
        assert len(courriers()) == avant
        changer(Individu, qui, actif=False)
        for _ in range(2):
            prevenir()
        (courrier,) = courriers()[avant:]
        assert courrier.destinataire_id == troupe.delegataire.individu_id
        assert courrier.sujet == f"Session n°{numero}\u00a0: le formateur ne peut plus répondre"
        assert "Reprenez la saisie" in courrier.corps and "rôle formateur actif" in courrier.corps
        changer(Individu, qui, actif=True)
        prevenir()
        horloge_a("2026-06-10T18:00:00+02:00")
        changer(Qualification, qui, retrait_le=F)
        prevenir()
        assert len(courriers()) == avant + 2
        agir(Action.REPRENDRE_SAISIE, troupe.delegataire, numero)
        prevenir()
        assert lire(numero).empeche_le is None

    def test_the_gestionnaires_are_told_of_what_somebody_who_left_declared(self, troupe: Troupe) -> None:
        chez_le_formateur(troupe, declarant=troupe.delegataire)
        changer(Role, troupe.delegataire.individu_id, actif=False)
        changer(Role, troupe.formateur.individu_id, actif=False)
        avant = len(courriers())
        prevenir()
        assert [c.destinataire_id for c in courriers()[avant:]] == [troupe.gestionnaire.individu_id]


class TestConfier:
    @pytest.fixture
    def numero(self, troupe: Troupe) -> int:
        numero = une_session(troupe.marose, Etat.SAISIE, declarant=troupe.delegataire)
        changer(Role, troupe.delegataire.individu_id, actif=False)
        return numero

    def test_it_goes_to_the_lists_of_another_who_is_told(self, troupe: Troupe, numero: int) -> None:
        collegue = troupe.collegue.individu_id
        for _ in range(2):  # a repeated click
            confier(troupe.gestionnaire, numero, 1, str(collegue))
        assert charger(troupe.collegue, numero).declarant_id == collegue
        (courrier,) = courriers()
        assert courrier.destinataire_id == collegue
        assert courrier.sujet == f"Session n°{numero}\u00a0: elle vous est confiée"
        assert chronologie(numero)[0].texte == "PARIS Karine a confié la session à VASSEUR Hugo"
        ligne = db.session.scalars(select(EntreeJournal)).one()
        assert (ligne.avant, ligne.apres) == (
            {"declarant": troupe.delegataire.individu_id},
            {"declarant": collegue},
        )
        assert Action.CONFIER not in actions_possibles(lire(numero), troupe.gestionnaire)

    def test_to_oneself_without_a_mail(self, troupe: Troupe, numero: int) -> None:
        confier(troupe.gestionnaire, numero, 1, str(troupe.gestionnaire.individu_id))
        assert courriers() == []
        lue = lire(numero)
        assert (
            tour_de(lue, troupe.gestionnaire, None, relais_de(lue)).texte
            == "À vous\u00a0: compléter et soumettre"
        )

    def test_to_nobody_else_than_a_declarer_of_the_entite(self, troupe: Troupe, numero: int) -> None:
        parti = un_role(une_personne(actif=False).id, TypeRole.DELEGATAIRE, troupe.marose.entite_id)
        for qui in (troupe.delegataire, troupe.etranger, troupe.formateur, parti):
            with pytest.raises(SaisieInvalide) as refus:
                confier(troupe.gestionnaire, numero, 1, str(qui.individu_id))
            assert list(refus.value.champs) == ["declarant"]
        for texte in ("", "x", "1 OR 1=1"):
            with pytest.raises(SaisieInvalide):
                confier(troupe.gestionnaire, numero, 1, texte)
        assert [i.nom for i in declarants_possibles(lire(numero))] == ["Paris", "Vasseur"]

    def test_by_the_gestionnaires_alone_and_of_who_left_alone(self, troupe: Troupe, numero: int) -> None:
        collegue = str(troupe.collegue.individu_id)
        for acteur in (troupe.etranger, troupe.collegue, troupe.formateur):
            with pytest.raises(Introuvable):
                confier(acteur, numero, 1, collegue)
        with pytest.raises(VersionPerimee):
            confier(troupe.gestionnaire, numero, 9, collegue)
        present = une_session(troupe.marose, Etat.SAISIE, declarant=troupe.collegue)
        with pytest.raises(ActionImpossible):
            confier(troupe.gestionnaire, present, 1, str(troupe.gestionnaire.individu_id))
        with pytest.raises(ActionImpossible):
            confier(troupe.collegue, present, 1, str(troupe.gestionnaire.individu_id))

    def test_in_every_state_but_the_running_one(self, troupe: Troupe) -> None:
        gestionnaire = un_acteur(TypeRole.GESTIONNAIRE, troupe.marose.entite_id, "Autre")
        etats = (Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE)
        numeros = [une_session(troupe.marose, etat, declarant=troupe.delegataire) for etat in etats]
        changer(Individu, troupe.delegataire.individu_id, actif=False)
        les_relais = relais([lire(numero) for numero in numeros])
        assert all(r.declarant_parti for r in les_relais.values())
        for numero, etat in zip(numeros, etats, strict=True):
            confier(gestionnaire, numero, version(numero), str(troupe.collegue.individu_id))
            assert lire(numero).etat is etat
        assert db.session.scalars(select(SessionCertification.declarant_id).distinct()).all() == [
            troupe.collegue.individu_id
        ]
