"""An entité's data: all that is its own, nothing of another's, no trainee for the administrateur."""

import io
import zipfile
from collections.abc import Callable
from datetime import date, timedelta

import pytest
from sqlalchemy import select

from certif import rythmes
from certif.documents.tableaux import ecrire
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.entites.logos import conserver
from certif.domaine.erreurs import Introuvable
from certif.domaine.exports import entite
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Entite, NomCommercial
from certif.domaine.referentiel.modeles import Suspension
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes.actions import garder
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel
from tests.support.demandes import une_demande
from tests.support.factories import Organisme, un_nom_commercial, un_stagiaire, une_session
from tests.support.moves import Troupe
from tests.support.production import pdf_factice, rendre_par
from tests.support.statements import requetes

REFERENCE, COMMENTAIRE = "Référence canari", "Commentaire canari"
AUTRE, CANARI = "Guyplotz", "Marzwinkle"
AILLEURS = {
    "proposition": "what a formateur would have corrected: read from the session, accepted or not",
    "soumission": "what the formateur was shown: the session, as it stood",
    "avertissement_confirme": "a hash of what was judged",
    "dossier_session": "a file of the session, downloaded there",
    "attente": "what the making of files waits for",
    "recherche_formateur": "counts of a day",
    "lien_compte": "a person's",
    "courrier": "a person's",
    "rappel_dit": "a person's",
    "mot_entite": "how it is searched",
    "nom_pris": "its names, as keys",
}
"""Tables that hold what is of an entité or of its sessions and are not read, and why."""


@pytest.fixture
def marose(troupe: Troupe, monkeypatch: pytest.MonkeyPatch) -> Organisme:
    """An entité that has one of everything, and a neighbour."""
    rendre_par(monkeypatch, pdf_factice)
    e = troupe.marose.entite_id
    generee = une_session(
        troupe.marose, Etat.GENERE, stagiaires=[un_stagiaire(CANARI, "Zoé", resultat=Resultat.REUSSITE)]
    )
    marquer_telechargement(troupe.gestionnaire, generee)
    brouillon = une_session(troupe.marose, Etat.SAISIE, reference_interne=REFERENCE)
    une_session(troupe.guy, Etat.GENERE, stagiaires=[un_stagiaire(AUTRE, "Yves", resultat=Resultat.REUSSITE)])
    garder(troupe.gestionnaire, brouillon, "Modèle canari", None)
    nom = un_nom_commercial(e)
    une_demande(troupe.gestionnaire, troupe.marose.niveau_id, EtatDemande.BROUILLON, troupe.administrateur)
    with transaction():
        db.session.get_one(SessionCertification, brouillon).retour_commentaire = COMMENTAIRE
        db.session.get_one(Entite, e).logo_sha256 = conserver(b"logo de l'entite")
        db.session.get_one(NomCommercial, nom).logo_sha256 = conserver(b"logo du nom")
        db.session.add(
            Suspension(habilitation_id=troupe.marose.habilitation_id, debut=date(2025, 1, 2), fin=None)
        )
    return troupe.marose


def contenu(entite_id: int, *, tout: bool = True) -> dict[str, str]:
    octets = b"".join(ecrire(entite.tableaux(entite_id, tout=tout), instant_reel()))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom).decode("utf-8-sig") for nom in archive.namelist()}


def test_every_table_of_its_own_is_read_or_said_why_not(marose: Organisme) -> None:
    with requetes() as vues:
        contenu(marose.entite_id)
    lues = {nom for nom in db.metadata.tables if any(f"{nom}." in vue for vue in vues)}
    siennes = {
        table.name
        for table in db.metadata.sorted_tables
        if {cle.column.table.name for cle in table.foreign_keys}
        & {"entite", "session_certification", "demande", "habilitation", "nom_commercial"}
        or "session_numero" in table.columns
    }
    # The files of a session are recognised by the register; they name nobody.
    assert siennes - lues - {"empreinte_fichier"} == AILLEURS.keys()


def test_what_is_in_it(marose: Organisme) -> None:
    lu = contenu(marose.entite_id)
    assert "Raison sociale;MAROSE FORMATION" in lu["entite.csv"]
    assert (lu["logos/entite.png"], len([n for n in lu if n.startswith("logos/")])) == ("logo de l'entite", 2)
    assert f";{CANARI};Zoé;" in lu["stagiaires.csv"] and "Réussite" in lu["stagiaires.csv"]
    [ligne] = [ligne for ligne in lu["stagiaires.csv"].splitlines() if CANARI in ligne]
    numero = ligne.rpartition(";")[2]
    assert len(numero) > 10 and numero in lu["certificats.csv"] and ";Délivré;SST-1;" in lu["certificats.csv"]
    assert REFERENCE in lu["sessions.csv"] and COMMENTAIRE in lu["sessions.csv"]
    assert "Certificats générés" in lu["sessions.csv"] and "En cours de saisie" in lu["sessions.csv"]
    assert "Générer les certificats" in lu["suivi_des_sessions.csv"]
    assert "archive" in lu["telechargements.csv"] and "Modèle canari" in lu["modeles.csv"]
    assert ";02/01/2025;" in lu["habilitations.csv"] and "Gestionnaire" in lu["utilisateurs.csv"]


def test_answers_are_in_it_once_they_were_sent(marose: Organisme) -> None:
    reussi = un_stagiaire("Attendu", "Ana", resultat=Resultat.REUSSITE)
    une_session(marose, Etat.VALIDATION_FORMATEUR, stagiaires=[reussi])
    [ligne] = [
        ligne for ligne in contenu(marose.entite_id)["stagiaires.csv"].splitlines() if "Attendu" in ligne
    ]
    assert "Réussite" not in ligne


def test_nothing_of_another_entite_is_in_it(marose: Organisme) -> None:
    tout = "".join(contenu(marose.entite_id).values())
    assert AUTRE not in tout and "GUY" not in tout


def test_the_administrateur_reads_no_trainee_there(marose: Organisme) -> None:
    lu = contenu(marose.entite_id, tout=False)
    assert "stagiaires.csv" not in lu and "modeles.csv" not in lu
    assert not [
        mot for mot in (CANARI, REFERENCE, COMMENTAIRE, "Modèle canari") if mot in "".join(lu.values())
    ]
    assert ";Délivré;SST-1;" in lu["certificats.csv"] and "Certificats générés" in lu["sessions.csv"]
    assert lu["demandes.csv"].count("\r\n") == 1 < contenu(marose.entite_id)["demandes.csv"].count("\r\n")


def test_what_is_erased_is_in_it_no_more_than_elsewhere(
    marose: Organisme, horloge_a: Callable[[str], None]
) -> None:
    horloge_a(f"{aujourd_hui() + timedelta(days=17)}T12:00:00+02:00")
    rythmes.purger()
    lu = contenu(marose.entite_id)
    assert CANARI not in "".join(lu.values())
    assert ";Délivré;SST-1;" in lu["certificats.csv"] and lu["sessions_effacees.csv"].count("\r\n") == 2


def test_who_may_take_it(marose: Organisme, troupe: Troupe) -> None:
    with transaction():
        db.session.get_one(Entite, marose.entite_id).suspendue_le = date(2020, 1, 1)
    next(entite.prendre_les_siennes(troupe.gestionnaire))
    next(entite.remettre(troupe.administrateur, marose.entite_id))
    for acteur in (troupe.delegataire, troupe.formateur, troupe.administrateur):
        with pytest.raises(Introuvable):
            entite.prendre_les_siennes(acteur)
    for acteur in (troupe.gestionnaire, troupe.formateur):
        with pytest.raises(Introuvable):
            entite.remettre(acteur, marose.entite_id)
    with pytest.raises(Introuvable):
        entite.remettre(troupe.administrateur, 0)
    lignes = db.session.scalars(select(EntreeJournal).filter_by(action="exporter")).all()
    assert [(e.objet, e.objet_id) for e in lignes] == [("entite", marose.entite_id)] * 2


def test_as_many_queries_for_a_hundred_sessions(marose: Organisme) -> None:
    with requetes() as deux:
        contenu(marose.entite_id)
    for _ in range(4):
        une_session(marose, Etat.VALIDATION_FORMATEUR)
    with requetes() as six:
        contenu(marose.entite_id)
    assert len(deux) == len(six)
