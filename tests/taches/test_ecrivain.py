"""No periodic task holds the writer: short transactions however much is due, none when nothing is.

SQLite has one writer: a formateur who saves answers meanwhile waits for one transaction at most.
"""

import re
from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, insert, inspect, select

from certif import rythmes
from certif.domaine.acces.modeles import Connexion, LienCompte, SaisieConservee, SorteLien, TentativeConnexion
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats import rappels
from certif.domaine.certificats.modeles import EssaisIdentite, LigneRegistre
from certif.domaine.courriers.modeles import Courrier, EtatCourrier, RappelDit
from certif.domaine.courriers.recapitulatif import LIGNES_MAX
from certif.domaine.journal import EntreeJournal
from certif.domaine.pannes.modeles import Panne, SorteDePanne
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.roles.modeles import RolePropose
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_recherche import RechercheFormateur
from certif.domaine.temps import ajouter_mois
from certif.domaine.une_fois import GesteFait
from certif.periodique import INTERVALLES_S
from certif.socle.base.extensions import db
from certif.socle.base.lots import LOT
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel, maintenant
from tests.support.factories import Organisme, un_organisme, une_personne, une_session
from tests.support.production import pdf_factice, rendre_par
from tests.support.statements import plans, requetes_et_valeurs
from tests.support.writes import Ecritures, ecritures

pytestmark = pytest.mark.usefixtures("contexte")

DUS = 2 * LOT + 50
INSTRUCTIONS_MAX = 60
"""What telling of ten sessions takes, or erasing a whole one; a lot of anything else takes a few."""


@pytest.fixture
def organisme(contexte: object, monkeypatch: pytest.MonkeyPatch) -> Organisme:
    rendre_par(monkeypatch, pdf_factice)
    return un_organisme()


def copier(objet: Any, varie: Callable[[int], dict[str, Any]], nombre: int = DUS) -> None:
    """As many rows like this one, each with what makes it different."""
    db.session.refresh(objet)
    colonnes = {a.key: getattr(objet, a.key) for a in inspect(type(objet)).column_attrs}
    colonnes.pop("id", None)
    with transaction():
        db.session.execute(insert(type(objet)), [colonnes | varie(rang) for rang in range(nombre)])


def des_sessions(numero: int, nombre: int = DUS, **colonnes: Any) -> None:
    modele = db.session.get_one(SessionCertification, numero)
    copier(
        modele,
        lambda rang: {"numero": numero * 1000 + rang, "jeton": f"j{numero}-{rang}"} | colonnes,
        nombre,
    )


def nombre(modele: Any) -> int:
    db.session.rollback()
    return db.session.scalar(select(func.count()).select_from(modele)) or 0


def passer(tache: Callable[[], object]) -> Ecritures:
    db.session.rollback()
    with ecritures() as vues:
        tache()
    return vues


def test_les_taches_periodiques_ne_tiennent_pas_l_ecrivain(
    organisme: Organisme, horloge_a: Callable[[str], None]
) -> None:
    horloge_a("2026-06-10T11:00:00+02:00")
    des_lignes_echues(organisme)
    des_sessions_echues(organisme)
    avant = nombre(SessionCertification)
    for nom in INTERVALLES_S:
        vues = passer(getattr(rythmes, nom))
        assert vues.plus_longue <= INSTRUCTIONS_MAX, (nom, max(vues.transactions, key=len))
        assert vues.plus_large <= LOT, nom
    assert nombre(SessionCertification) < avant
    perimes = (LienCompte, GesteFait, TentativeConnexion, SaisieConservee, Connexion, RechercheFormateur)
    for modele in (*perimes, EssaisIdentite, RolePropose):
        assert nombre(modele) == 0, modele
    assert not db.session.scalar(select(EntreeJournal.id).filter_by(action="vieux").limit(1))
    assert not db.session.scalar(select(LigneRegistre.numero).filter_by(cle_id="vieux").limit(1))
    assert nombre(RappelDit) == LIGNES_MAX, "one digest, with as much as it takes"


GRANDES = (
    "session_certification",
    "courrier",
    "registre",
    "certificat_emis",
    "stagiaire",
    "evenement",
    "journal",
)


@pytest.mark.parametrize("nom", [nom for nom in INTERVALLES_S if nom != "etudier_les_tables"])
def test_ce_qui_revient_cherche_par_index(app: Flask, nom: str) -> None:
    """Nothing that is due is looked for by reading all that grows."""
    with requetes_et_valeurs() as vues:
        getattr(rythmes, nom)()
    lues = [(ordre, valeurs) for ordre, valeurs in vues if ordre.startswith("SELECT")]
    for plan, (ordre, _) in zip(plans(app, lues, "SELECT"), lues, strict=True):
        entieres = [table for table in GRANDES if re.search(rf"SCAN {table}(?! USING INDEX)\b", plan)]
        assert entieres == [], (ordre, plan)


def test_quand_rien_n_est_du_rien_n_est_verrouille(organisme: Organisme) -> None:
    """The same again: what was written or erased once is neither written nor locked for a second time."""
    des_lignes_echues(organisme)
    des_sessions_echues(organisme)
    for nom in INTERVALLES_S:
        getattr(rythmes, nom)()
    rythmes.envoyer_courriers()
    for nom in INTERVALLES_S:
        vues = passer(getattr(rythmes, nom))
        # That the database can be written is tried out, by two readings under the lock.
        essais = [1] if nom == "veiller" else []
        assert [1 for _ in vues.transactions] == essais and vues.plus_longue <= 2, nom


def test_les_courriers_du_dernier_jour_se_lisent_par_lots_et_ne_s_ecrivent_qu_une_fois(
    organisme: Organisme,
) -> None:
    numero = une_session(organisme, Etat.GENERE, reussites=1)
    des_sessions(numero, genere_le=maintenant() - timedelta(days=15))
    premiers = passer(rappels.avertir)
    assert [len(t) for t in premiers.transactions] == [1, 1, 1]
    assert len(premiers.lectures) <= 8 and nombre(Courrier) == DUS + 1
    assert passer(rappels.avertir).transactions == []
    assert nombre(Courrier) == DUS + 1


def des_lignes_echues(organisme: Organisme) -> None:
    """Every kind of row that ends with time, by hundreds, all of them over."""
    qui, reel = organisme.gestionnaire.individu_id, instant_reel()
    vieux = reel - timedelta(days=500)
    ancien = maintenant() - timedelta(days=4 * 365)
    rangs = range(DUS)
    lots: dict[Any, list[dict[str, Any]]] = {
        LienCompte: [
            {"id": f"l{r}", "individu_id": qui, "sorte": SorteLien.MOT_DE_PASSE, "cree_le": vieux}
            | {"expire_le": vieux}
            for r in rangs
        ],
        GesteFait: [{"jeton": f"g{r}", "acteur_id": qui, "resultat": 1, "fait_le": vieux} for r in rangs],
        TentativeConnexion: [{"compte": "c", "adresse": "a", "quand": vieux} for _ in rangs],
        SaisieConservee: [
            {"id": f"s{r}", "individu_id": qui, "adresse": "/", "contenu": b"", "cree_le": vieux}
            for r in rangs
        ],
        Connexion: [{"id": f"c{r}", "individu_id": qui, "navigateur": "n", "cree_le": vieux} for r in rangs],
        EssaisIdentite: [{"numero": f"e{r}", "jour": vieux.date(), "essais": 1} for r in rangs],
        RechercheFormateur: [
            {"individu_id": qui, "entite_id": organisme.entite_id, "quand": vieux, "cle": "c"} for _ in rangs
        ],
        EntreeJournal: [
            {"quand": ancien, "action": "vieux", "objet": "session", "objet_id": r} for r in rangs
        ],
        RolePropose: [
            {"entite_id": organisme.entite_id, "type": TypeRole.DELEGATAIRE, "nom": "n", "email": f"e{r}"}
            | {"par_id": qui, "condense": f"p{r}", "cree_le": vieux, "expire_le": vieux}
            for r in rangs
        ],
        Panne: [{"sorte": SorteDePanne.STOCKAGE, "debut": vieux, "fin": vieux} for _ in rangs],
        Courrier: [
            {"evenement": f"{etat}-{r}", "destinataire_id": qui, "sujet": "s", "corps": "c"}
            | {"etat": etat, "cree_le": ancien}
            for etat in EtatCourrier
            for r in rangs
        ],
    }
    with transaction():
        for modele, valeurs in lots.items():
            db.session.execute(insert(modele), valeurs)


def des_sessions_echues(organisme: Organisme) -> None:
    """Sessions about to be purged or erased, others that are, empty drafts, register lines to be erased."""
    jour = aujourd_hui()
    generee = une_session(organisme, Etat.GENERE, reussites=1)
    des_sessions(generee, genere_le=maintenant() - timedelta(days=12))
    brouillon = une_session(organisme, Etat.SAISIE)
    des_sessions(brouillon, date_fin=ajouter_mois(jour, -6) + timedelta(days=6))
    purgee = une_session(un_organisme("AUTRE"), Etat.GENERE, reussites=3, echecs=2)
    des_sessions(purgee, 5, genere_le=maintenant() - timedelta(days=30))
    abandonnee = une_session(organisme, Etat.SAISIE)
    des_sessions(abandonnee, 5, date_fin=jour - timedelta(days=300))
    attendue = une_session(organisme, Etat.VALIDATION_FORMATEUR)
    des_sessions(attendue, 30, formateur_id=une_personne("Parti").id)
    vides = dict.fromkeys(("lieu_type", "code_postal", "ville", "identification", "date_fin", "formateur_id"))
    vide = une_session(organisme, Etat.SAISIE)
    des_sessions(vide, 30, **vides, modifiee_le=maintenant() - timedelta(days=2))
    ligne = db.session.scalars(select(LigneRegistre).filter_by(session_numero=purgee)).first()
    copier(
        ligne,
        lambda rang: (
            {"numero": f"n{rang}", "empreinte_identite": f"h{rang}", "cle_id": "vieux"}
            | {"date_fin": ajouter_mois(jour, -100), "fin_validite": ajouter_mois(jour, -70)}
        ),
    )
    droit = db.session.scalars(select(Habilitation)).first()
    copier(droit, lambda rang: {"numero": f"H-v{rang}", "fin": jour + timedelta(days=20)})
    assert nombre(SessionCertification) > 2 * DUS
