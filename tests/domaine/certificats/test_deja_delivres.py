"""R6: who already holds the certificate is warned of from entry on; all are named when it is refused."""

from datetime import timedelta

import pytest
from flask import Flask
from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import LigneRegistre, StatutRegistre
from certif.domaine.certificats.obstacles import obstacles
from certif.domaine.certificats.purge import purger_les_generees
from certif.domaine.certificats.registre import empreintes
from certif.domaine.certificats.registre.deja_delivres import deja_delivres, deja_delivres_connus_de
from certif.domaine.erreurs import Refus
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Stagiaire
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import horloge
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import (
    Organisme,
    identites,
    un_acteur,
    un_organisme,
    un_stagiaire,
    une_session,
    version,
)
from tests.support.moves import lire
from tests.support.statements import plans, requetes, requetes_et_valeurs

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


def reussites(combien: int, debut: int = 0) -> list[Stagiaire]:
    return [
        un_stagiaire(*qui, resultat=Resultat.REUSSITE) for qui in list(identites(debut + combien))[debut:]
    ]


def connus(acteur: Acteur, numero: int) -> int:
    session_certif = lire(numero)
    return len(deja_delivres_connus_de(acteur, session_certif, session_certif.stagiaires))


def test_r6_les_onze_sont_nommes_d_un_coup(organisme: Organisme) -> None:
    une_session(organisme, Etat.GENERE, stagiaires=reussites(11))
    seconde = une_session(organisme, stagiaires=reussites(13))
    with pytest.raises(Refus) as refus:
        demander_generation(organisme.gestionnaire, seconde, version(seconde))
    message = refus.value.message
    assert "à 11 stagiaires" in message and message.count(" et ") >= 1
    for s in reussites(11):
        assert s.nom.upper() in message
    assert lire(seconde).etat is Etat.VALIDATION_ENTITE


def test_r6_au_dela_de_vingt_ils_sont_comptes(organisme: Organisme) -> None:
    une_session(organisme, Etat.GENERE, stagiaires=reussites(25))
    seconde = une_session(organisme, stagiaires=reussites(25))
    (refus,) = obstacles(lire(seconde))
    assert "à 25 stagiaires" in refus.message and "et 5\u00a0autres. Aucun duplicata" in refus.message


def test_r6_tout_ce_qui_refuse_se_dit_ensemble(organisme: Organisme) -> None:
    une_session(organisme, Etat.GENERE, stagiaires=reussites(1))
    seconde = une_session(organisme, stagiaires=reussites(2))
    sans_qualification = un_acteur(TypeRole.FORMATEUR, nom="Garnier").individu_id
    session_certif = lire(seconde)
    session_certif.stagiaires_saisis[1].prenom = "😀"
    session_certif.formateur_id = sans_qualification
    db.session.commit()
    assert [o.regle for o in obstacles(lire(seconde))] == ["R3", "R6", "R6"]
    with pytest.raises(Refus) as refus:
        demander_generation(organisme.gestionnaire, seconde, version(seconde))
    assert "qualification" in refus.value.message
    assert "LEFÈVRE Hélène" in refus.value.message and "😀" in refus.value.message


def test_r6_a_la_saisie_pour_les_gestionnaires_et_pour_ses_propres_sessions(organisme: Organisme) -> None:
    collegue = un_acteur(TypeRole.DELEGATAIRE, organisme.entite_id, "Vasseur", "Hugo")
    une_session(organisme, Etat.GENERE, declarant=organisme.delegataire, stagiaires=reussites(2))
    la_sienne = une_session(organisme, Etat.SAISIE, declarant=organisme.delegataire, stagiaires=reussites(3))
    d_un_autre = une_session(organisme, Etat.SAISIE, declarant=collegue, stagiaires=reussites(3))
    assert connus(organisme.gestionnaire, la_sienne) == connus(organisme.gestionnaire, d_un_autre) == 2
    assert connus(organisme.delegataire, la_sienne) == 2
    assert connus(collegue, d_un_autre) == 0
    assert len(deja_delivres(lire(d_un_autre), lire(d_un_autre).stagiaires)) == 2


def test_r6_apres_la_purge_chacun_connait_encore_les_siens(organisme: Organisme) -> None:
    une_session(organisme, Etat.GENERE, declarant=organisme.delegataire, stagiaires=reussites(2))
    horloge.regler(timedelta(days=16))
    assert purger_les_generees() == 1
    date_fin = aujourd_hui() - timedelta(days=16)
    seconde = une_session(
        organisme, Etat.SAISIE, declarant=organisme.delegataire, stagiaires=reussites(2), date_fin=date_fin
    )
    assert connus(organisme.delegataire, seconde) == connus(organisme.gestionnaire, seconde) == 2


def test_r6_sous_une_ancienne_cle_du_registre_aussi(
    organisme: Organisme, monkeypatch: pytest.MonkeyPatch
) -> None:
    une_session(organisme, Etat.GENERE, stagiaires=reussites(2))
    monkeypatch.setattr(empreintes, "_cles", (("nouvelle", b"n" * 32), *empreintes._cles))
    seconde = une_session(organisme, Etat.SAISIE, stagiaires=reussites(2))
    assert connus(organisme.gestionnaire, seconde) == 2


@pytest.mark.parametrize("ecart", ["statut", "certificat", "date", "entite", "naissance"])
def test_r6_un_ecart_et_rien_n_a_ete_delivre(organisme: Organisme, ecart: str) -> None:
    guy = un_organisme("FORMATION GUY").entite_id
    premiere = une_session(organisme, Etat.GENERE, stagiaires=reussites(1))
    seconde = une_session(organisme, Etat.SAISIE, stagiaires=reussites(1))
    assert connus(organisme.gestionnaire, seconde) == 1
    session_certif = lire(seconde)
    ligne = db.session.scalars(select(LigneRegistre).filter_by(session_numero=premiere)).one()
    match ecart:
        case "statut":
            ligne.statut, ligne.annule_le = StatutRegistre.ANNULE, aujourd_hui()
        case "certificat":
            session_certif.certificat_id = None
        case "date":
            session_certif.date_fin = aujourd_hui() - timedelta(days=1)
        case "entite":
            session_certif.entite_id = guy
        case "naissance":
            session_certif.stagiaires[0].date_naissance = None
    db.session.commit()
    assert connus(organisme.gestionnaire, seconde) == 0


def test_r6_autant_de_requetes_pour_3_stagiaires_que_pour_60(organisme: Organisme) -> None:
    comptes = []
    for combien in (3, 60):
        jour = aujourd_hui() - timedelta(combien)
        une_session(organisme, Etat.GENERE, stagiaires=reussites(combien), date_fin=jour)
        numero = une_session(organisme, stagiaires=reussites(combien), date_fin=jour)
        session_certif = lire(numero)
        with requetes() as envoyees:
            assert len(obstacles(session_certif)) == 1
        comptes.append(len(envoyees))
    assert comptes[0] == comptes[1] < 12


def test_r6_seules_les_lignes_du_certificat_a_cette_date_sont_lues(app: Flask, organisme: Organisme) -> None:
    une_session(organisme, Etat.GENERE, stagiaires=reussites(1))
    session_certif = lire(une_session(organisme, stagiaires=reussites(2)))
    with requetes_et_valeurs() as vues:
        assert len(deja_delivres(session_certif, session_certif.stagiaires)) == 1
    (plan,) = plans(app, vues, "SELECT registre.empreinte_identite")
    assert "uq_registre_identite (entite_id=? AND certificat_id=? AND date_fin=?)" in plan
