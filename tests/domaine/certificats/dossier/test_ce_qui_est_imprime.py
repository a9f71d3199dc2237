"""A dossier made after something was renamed says what its certificates print."""

import io
from collections.abc import Callable
from datetime import date

import pytest
from openpyxl import load_workbook
from pypdf import PdfReader

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.production import dossier
from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.referentiel import habilitations
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Habilitation
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.domaine.certificats.annulation.session import annuler
from tests.domaine.certificats.dossier.lecture import PDFS, G, ouvrir, texte, trois_stagiaires
from tests.support.factories import Organisme, un_acteur, un_nom_commercial, une_session

pytestmark = pytest.mark.usefixtures("contexte", "pages_rapides")

NOUVEAUX = (
    "INRS",
    "H-NOUVELLE",
    "ZZ-9",
    "Titretoutneuf",
    "CODENEUF",
    "TRADENEUF",
    "MÉTAMORPHOSE",
    "NULLEPART",
)


def tout_renommer(organisme: Organisme, numero: int) -> str:
    """All that can change has changed; returns the number of the habilitation, as printed."""
    with transaction():
        session_certif = db.session.get_one(SessionCertification, numero)
        session_certif.ville = "NULLE PART"
        entite = db.session.get_one(Entite, organisme.entite_id)
        entite.raison_sociale, entite.signataire = "INRS", "Nulle PART"
        habilitation = db.session.get_one(Habilitation, organisme.habilitation_id)
        imprime, habilitation.numero = habilitation.numero, "H-NOUVELLE"
        certificat = db.session.get_one(Certificat, organisme.certificat_id)
        certificat.libelle, certificat.titre, certificat.mois_validite = "ZZ-9", "Titre tout neuf", None
        db.session.get_one(Dispositif, certificat.niveau.dispositif_id).code = "CODENEUF"
        db.session.get_one(Individu, organisme.formateur.individu_id).nom = "Métamorphose"
        assert session_certif.nom_commercial is not None
        session_certif.nom_commercial.libelle = "TRADE NEUF"
    return imprime


def test_every_document(organisme: Organisme, horloge_a: Callable[[str], None]) -> None:
    horloge_a(G)
    with transaction():
        entite = db.session.get_one(Entite, organisme.entite_id)
        entite.signataire, entite.signataire_qualite = "Romain Marose", "Directeur"
    numero = une_session(
        organisme,
        Etat.GENERE,
        stagiaires=trois_stagiaires(),
        date_fin=date(2026, 6, 10),
        nom_commercial_id=un_nom_commercial(organisme.entite_id),
    )
    habilitation = tout_renommer(organisme, numero)
    dossier.produire(numero)
    fichiers = ouvrir(numero)
    # The moves that it tells at its end name people as they are called today.
    pv, _, fin = texte(fichiers["proces-verbal.pdf"]).partition("Déroulement")
    assert "RomainMarose,Directeur" in fin
    for attendu in ("MAROSEFORMATION", "MAROSESÉCURITÉ", habilitation, "SST/1", "SST-1", "RIVIÈREStéphanie"):
        assert attendu in pv, attendu
    assert "Du10/06/2026au10/06/2028inclus" in pv and "26800ETOILESURRHONE" in pv
    lus = {nom: texte(octets) for nom, octets in fichiers.items() if nom.endswith(".pdf")}
    lus["proces-verbal.pdf"] = pv
    lus["auteurs"] = " ".join(
        str(PdfReader(io.BytesIO(octets)).metadata)
        for nom, octets in fichiers.items()
        if nom.endswith(".pdf")
    )
    feuille = load_workbook(io.BytesIO(fichiers["echeances.xlsx"])).active
    lus["echeances.ics"] = fichiers["echeances.ics"].decode()
    lus["echeances.xlsx"] = str([*feuille.iter_rows(values_only=True)])
    assert "SST-1" in lus["echeances.xlsx"] and "MAROSESÉCURITÉ" in lus["liste-de-remise.pdf"]
    for nom, lu in lus.items():
        assert not [nouveau for nouveau in NOUVEAUX if nouveau in lu], nom


def test_the_habilitation_holds_as_it_did_that_day(organisme: Organisme, numero: int) -> None:
    """Made again after a cancellation, its number never stands beside the days that it was given since."""
    administrateur = un_acteur(TypeRole.ADMINISTRATEUR)
    dossier.produire(numero)
    habilitation = db.session.get_one(Habilitation, organisme.habilitation_id)
    imprimee = f"{habilitation.numero},du01/01/2020au31/12/2040"
    habilitations.corriger(administrateur, habilitation, "H-NOUVELLE", date(2021, 5, 1), date(2030, 12, 31))
    habilitations.prolonger(administrateur, habilitation, date(2031, 4, 30))
    annuler(organisme, numero)
    dossier.produire(numero)
    fichiers = ouvrir(numero)
    pv = texte(fichiers["proces-verbal.pdf"])
    assert imprimee in pv and "annulé" in pv
    for nom in PDFS:
        lu = texte(fichiers[nom])
        assert not [neuf for neuf in ("H-NOUVELLE", "01/05/2021", "30/04/2031") if neuf in lu], nom
