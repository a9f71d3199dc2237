"""Habilitations granted, extended, suspended, withdrawn by the administrateur; what becomes of sessions."""

from collections.abc import Callable
from dataclasses import replace
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import event, select

from certif.domaine.comptes.modeles import Entite, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.journal import EntreeJournal
from certif.domaine.referentiel import habilitations, plateformes
from certif.domaine.referentiel import lectures_habilitations as lectures
from certif.domaine.referentiel.lectures_habilitations import FIN_PROCHE, EtatHabilitation, etat_au
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Habilitation, Plateforme
from certif.domaine.sessions.choix import choix_pour, niveaux_proposes
from certif.domaine.sessions.conditions import blocages
from certif.domaine.sessions.consequences import HabilitationChangee, consequences
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.habilitations import sessions_bloquees
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui
from certif.socle.pagination import Question
from certif.socle.transaction import transaction
from tests.fabriques import un_acteur, un_certificat, une_habilitation, une_session
from tests.gestes import Troupe, agir, courriers, etat, lire

F = date(2026, 6, 10)
UN = timedelta(days=1)


def de_marose(troupe: Troupe) -> Habilitation:
    db.session.rollback()
    return db.session.get_one(Habilitation, troupe.marose.habilitation_id)


def actions_du_journal(objet: str = "habilitation") -> list[str]:
    db.session.rollback()
    requete = select(EntreeJournal.action).filter_by(objet=objet).order_by(EntreeJournal.id)
    return list(db.session.scalars(requete))


def refuse(champ: str, faire: Callable[[], Any]) -> None:
    """Beside this field, with nothing changed and nobody told."""
    avant = (actions_du_journal(), len(courriers()))
    with pytest.raises(SaisieInvalide) as refus:
        faire()
    assert set(refus.value.champs) == {champ}
    assert (actions_du_journal(), len(courriers())) == avant


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
        refuse("du", lambda du=du, au=au: suspendre(date(2026, 6, du), date(2026, 6, au)))
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


def test_case_6_a_withdrawal_in_the_past_blocks_from_its_day_on(troupe: Troupe, horloge_a: Any) -> None:
    le_10, le_31_mai = (une_session(troupe.marose, date_fin=jour) for jour in (F, date(2026, 5, 31)))
    horloge_a("2026-06-12T12:00:00+02:00")
    habilitations.retirer(troupe.administrateur, de_marose(troupe), date(2026, 6, 1))
    assert [s.numero for s, _ in sessions_bloquees(de_marose(troupe))] == [le_10]
    assert set(blocages([lire(le_10), lire(le_31_mai)])) == {le_10}
    with pytest.raises(Refus, match="01/06/2026"):
        agir(Action.GENERER, troupe.gestionnaire, le_10)
    assert etat(le_10) is Etat.VALIDATION_ENTITE
    habilitations.annuler_le_retrait(troupe.administrateur, de_marose(troupe))
    assert sessions_bloquees(de_marose(troupe)) == []


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
    questions = [Question(recherche, criteres, page=page) for page in (1, 2, 3)]
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
    peu = requetes(lambda: lire_la_liste(troupe))
    for rang in range(20):
        h = une_habilitation(troupe.marose.entite_id, catec if rang % 2 else troupe.marose.niveau_id)
        habilitations.suspendre(troupe.administrateur, h, F, None)
    assert requetes(lambda: lire_la_liste(troupe)) == peu


def lire_la_liste(troupe: Troupe) -> None:
    for h in lectures.lister(troupe.administrateur, Question()).lignes:
        assert etat_au(h, F) and h.entite.raison_sociale and h.niveau.libelle


def requetes(faire: Callable[[], Any]) -> int:
    """How many queries it needs."""
    db.session.rollback()
    db.session.expunge_all()
    vues: list[str] = []

    def noter(*details: Any) -> None:
        vues.append(details[2])

    event.listen(db.engine, "before_cursor_execute", noter)
    faire()
    event.remove(db.engine, "before_cursor_execute", noter)
    return len(vues)


def test_what_a_withdrawal_blocks_is_found_in_as_many_queries_whatever_it_blocks(troupe: Troupe) -> None:
    def avant() -> None:
        changee = replace(HabilitationChangee.de(de_marose(troupe)), retrait_le=F)
        for s in consequences([changee]).bloquees:
            assert s.niveau is not None and s.certificat is not None and s.entite.raison_sociale

    def apres() -> int:
        return len(sessions_bloquees(de_marose(troupe)))

    une_session(troupe.marose)
    peu_avant = requetes(avant)
    habilitations.retirer(troupe.administrateur, de_marose(troupe), F)
    peu_apres = requetes(apres)
    for rang in range(2, 6):
        une_session(troupe.marose, certificat_id=un_certificat(f"SST-{rang}", "SST").id)
    assert apres() == 5 and requetes(apres) == peu_apres
    habilitations.annuler_le_retrait(troupe.administrateur, de_marose(troupe))
    assert requetes(avant) == peu_avant


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


def test_what_is_archived_is_not_offered_and_what_exists_goes_on(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    with transaction():
        certificat = db.session.get_one(Certificat, troupe.marose.certificat_id)
        certificat.archive_le = certificat.niveau.dispositif.archive_le = F
    assert niveaux_proposes(troupe.marose.entite_id) == []
    choix = choix_pour(lire(numero))
    assert [n.id for n in choix.niveaux] == [troupe.marose.niveau_id]
    assert [c.id for c in choix.certificats] == [troupe.marose.certificat_id]
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    assert blocages([lire(numero)]) == {}
    with pytest.raises(ActionImpossible, match="plus proposé"):
        habilitations.prolonger(troupe.administrateur, de_marose(troupe), date(2041, 1, 1))
