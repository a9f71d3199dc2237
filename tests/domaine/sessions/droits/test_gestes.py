"""Habilitations granted, extended, corrected, suspended, withdrawn by the administrateur."""

from datetime import date
from functools import partial

import pytest
from sqlalchemy import select

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel import habilitations, plateformes
from certif.domaine.referentiel import lectures_habilitations as lectures
from certif.domaine.referentiel.lectures_habilitations import EtatHabilitation, etat_au
from certif.domaine.referentiel.modeles import Dispositif, Habilitation, Plateforme
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.socle.base.extensions import db
from certif.socle.base.pagination import Question
from certif.socle.base.transaction import transaction
from tests.domaine.sessions.droits.habilitation import UN, F, actions_du_journal, de_marose, refuse
from tests.support.factories import un_acteur, un_certificat, une_habilitation
from tests.support.moves import Troupe, courriers


@pytest.mark.usefixtures("chaque_base")
def test_granted_without_a_demande_it_serves_at_once(troupe: Troupe) -> None:
    catec = un_certificat("CATEC-1", "CATEC").niveau_id
    entite = db.session.get_one(Entite, troupe.guy.entite_id)
    un_acteur(TypeRole.GESTIONNAIRE, troupe.guy.entite_id, "Roche", "Anne")

    def accorder(numero: str = "", niveau: str = str(catec), debut: date = F, fin: date = F) -> int:
        db.session.refresh(entite)
        return habilitations.accorder(troupe.administrateur, entite, niveau, numero, debut, fin)

    premiere, seconde = accorder(), accorder()
    numeros = [db.session.get_one(Habilitation, h).numero for h in (premiere, seconde)]
    assert numeros == [f"H-2026-E{entite.id:04}", f"H-2026-E{entite.id:04}-2"]
    assert catec in [n.id for n in niveaux_proposes(entite.id)]
    assert len(courriers()) == 4 and "CATEC / 1\u00a0: accordée" in courriers()[0].sujet
    refuse("numero", lambda: accorder(numeros[0].lower()))
    refuse("numero", lambda: accorder("H 12"))
    refuse("fin", lambda: accorder(debut=F - UN, fin=F - UN))
    refuse("fin", lambda: accorder(debut=F + UN))
    refuse("fin", lambda: accorder(fin=date(2036, 6, 10)))
    refuse("niveau_id", lambda: accorder(niveau="999"))
    with transaction():
        db.session.scalars(select(Dispositif).filter_by(code="CATEC")).one().archive_le = F
    refuse("niveau_id", accorder)


def test_it_is_extended_only_further_and_not_once_withdrawn(troupe: Troupe) -> None:
    admin, h = troupe.administrateur, de_marose(troupe)
    h.debut, h.fin = date(2020, 1, 1), F
    db.session.commit()
    refuse("fin", lambda: habilitations.prolonger(admin, de_marose(troupe), F))
    refuse("fin", lambda: habilitations.prolonger(admin, de_marose(troupe), date(2030, 1, 1)))
    habilitations.prolonger(admin, de_marose(troupe), date(2029, 12, 31))
    assert de_marose(troupe).fin == date(2029, 12, 31)
    habilitations.retirer(admin, de_marose(troupe), F)
    with pytest.raises(ActionImpossible, match="annulez d’abord son retrait"):
        habilitations.prolonger(admin, de_marose(troupe), date(2029, 12, 31))
    with pytest.raises(ActionImpossible, match="déjà retirée"):
        habilitations.retirer(admin, de_marose(troupe), F)
    habilitations.annuler_le_retrait(admin, de_marose(troupe))
    with pytest.raises(ActionImpossible, match="n’est pas retirée"):
        habilitations.annuler_le_retrait(admin, de_marose(troupe))
    assert actions_du_journal() == ["prolonger", "retirer", "annuler_retrait"]
    assert [c.sujet.rpartition("\u00a0: ")[2] for c in courriers()] == [
        "prolongée",
        "retirée",
        "retrait annulé",
    ]
    assert "31/12/2029" in courriers()[0].corps and "10/06/2026" in courriers()[1].corps


def test_what_was_recorded_by_error_is_corrected_and_told_once(troupe: Troupe) -> None:
    admin = troupe.administrateur
    autre = une_habilitation(troupe.guy.entite_id, troupe.guy.niveau_id).numero

    def corriger(numero: str = "h-7", debut: date = F, fin: date = F) -> None:
        habilitations.corriger(admin, de_marose(troupe), numero, debut, fin)

    habilitations.suspendre(admin, de_marose(troupe), F, F)
    refuse("numero", lambda: corriger(numero=autre))
    refuse("numero", lambda: corriger(numero="H 7"))
    refuse("fin", lambda: corriger(fin=F - UN))
    refuse("fin", lambda: corriger(fin=date(2036, 6, 10)))
    refuse("debut", lambda: corriger(debut=F + UN, fin=F + UN))
    refuse("fin", lambda: corriger(debut=F - UN, fin=F - UN))
    corriger()
    corriger()
    h = de_marose(troupe)
    assert (h.numero, h.debut, h.fin) == ("H-7", F, F)
    assert actions_du_journal() == ["suspendre", "corriger"]
    corrigee = courriers()[-1]
    assert corrigee.sujet.endswith("corrigée") and "du 10/06/2026 au 10/06/2026" in corrigee.corps
    habilitations.retirer(admin, de_marose(troupe), F)
    with pytest.raises(ActionImpossible, match="annulez d’abord son retrait"):
        corriger()


def test_a_suspension_holds_its_days_and_no_day_twice(troupe: Troupe) -> None:
    admin = troupe.administrateur

    def suspendre(du: date, au: date | None) -> None:
        habilitations.suspendre(admin, de_marose(troupe), du, au)

    def couverte(jour: date) -> bool:
        return etat_au(de_marose(troupe), jour) is EtatHabilitation.EN_VIGUEUR

    refuse("au", lambda: suspendre(F, F - UN))
    refuse("du", lambda: suspendre(date(2019, 12, 31), None))
    refuse("du", lambda: suspendre(date(2041, 1, 1), None))
    suspendre(date(2026, 6, 5), date(2026, 6, 20))
    for du, au in ((5, 5), (20, 25), (1, 5), (1, 30)):
        refuse("du", partial(suspendre, date(2026, 6, du), date(2026, 6, au)))
    refuse("du", lambda: suspendre(date(2026, 6, 1), None))
    suspendre(date(2026, 6, 21), None)
    assert [couverte(date(2026, 6, jour)) for jour in (4, 5, 20, 21)] == [True, False, False, False]
    premiere, ouverte = [str(s.id) for s in de_marose(troupe).suspensions]

    def terminer(quoi: str, jour: date) -> None:
        habilitations.terminer_la_suspension(admin, de_marose(troupe), quoi, jour)

    refuse("dernier_jour", lambda: terminer(premiere, date(2026, 6, 20)))
    refuse("dernier_jour", lambda: terminer(premiere, date(2026, 6, 4)))
    refuse("suspension_id", lambda: terminer("999", F))
    terminer(premiere, date(2026, 6, 5))
    terminer(ouverte, date(2026, 6, 21))
    assert [couverte(date(2026, 6, jour)) for jour in (5, 6, 21, 22)] == [False, True, False, True]
    habilitations.supprimer_la_suspension(admin, de_marose(troupe), premiere)
    refuse("suspension_id", lambda: terminer(premiere, F))
    assert couverte(date(2026, 6, 5)) and len(de_marose(troupe).suspensions) == 1
    assert len(courriers()) == len(actions_du_journal()) == 5


def test_nobody_else_may(troupe: Troupe) -> None:
    h = de_marose(troupe)
    for acteur in (troupe.gestionnaire, troupe.delegataire, troupe.formateur):
        for faire in (
            lambda a: habilitations.suspendre(a, h, F, None),
            lambda a: habilitations.retirer(a, h, F),
            lambda a: habilitations.annuler_le_retrait(a, h),
            lambda a: habilitations.prolonger(a, h, date(2041, 1, 1)),
            lambda a: habilitations.corriger(a, h, "H-1", F, F),
            lambda a: habilitations.terminer_la_suspension(a, h, "1", F),
            lambda a: habilitations.supprimer_la_suspension(a, h, "1"),
            lambda a: habilitations.accorder(a, h.entite, str(h.niveau_id), "", F, F),
            lambda a: plateformes.declarer(a, h, "26800", "ETOILE SUR RHONE", F),
            lambda a: plateformes.fermer(a, h, "1", F),
            lambda a: lectures.lister(a, Question()),
            lambda a: lectures.charger(a, troupe.marose.habilitation_id),
        ):
            with pytest.raises(Introuvable):
                faire(acteur)


def test_a_platform_is_declared_once_and_closed_on_a_day(troupe: Troupe) -> None:
    admin = troupe.administrateur
    with pytest.raises(ActionImpossible, match="ne requiert pas"):
        plateformes.declarer(admin, de_marose(troupe), "26800", "ETOILE SUR RHONE", F)
    amiante = un_certificat("Amiante-1", "Amiante", plateforme_requise=True).niveau_id
    h_id = une_habilitation(troupe.marose.entite_id, amiante).id

    def declarer(code: str = "26800", ville: str = "etoile-sur-rhone") -> int:
        return plateformes.declarer(admin, db.session.get_one(Habilitation, h_id), code, ville, F)

    def fermer(quoi: str, jour: date) -> None:
        plateformes.fermer(admin, db.session.get_one(Habilitation, h_id), quoi, jour)

    premiere = declarer()
    refuse("ville", declarer)
    refuse("code_postal", lambda: declarer("2A004"))
    refuse("ville", lambda: declarer("26800", "PARIS"))
    refuse("fin", lambda: fermer(str(premiere), F - UN))
    refuse("plateforme_id", lambda: fermer("999", F))
    fermer(str(premiere), F)
    assert db.session.get_one(Plateforme, premiere).fin == F and declarer() != premiere
    assert actions_du_journal("plateforme") == ["declarer", "fermer", "declarer"]
