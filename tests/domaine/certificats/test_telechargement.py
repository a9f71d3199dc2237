"""R8: until the fifteenth day included, unaltered, by the entité only."""

from collections.abc import Callable
from datetime import date
from hashlib import sha256

import pytest
from sqlalchemy import select

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.lectures import telechargements
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.telechargement import marquer_telechargement
from certif.domaine.erreurs import ActionImpossible, ErreurMetier, Introuvable, Refus, ServiceIndisponible
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Telechargement
from certif.socle import stockage
from certif.socle.base.extensions import db
from tests.support.factories import Organisme, un_acteur, un_organisme, une_session

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


@pytest.fixture
def numero(organisme: Organisme) -> int:
    return une_session(organisme, Etat.GENERE, reussites=2, declarant=organisme.delegataire)


def pdfs(numero: int) -> list[int]:
    return list(db.session.scalars(select(CertificatEmis.id).filter_by(session_numero=numero)))


def telecharge(numero: int) -> bool:
    db.session.rollback()
    return db.session.get_one(SessionCertification, numero).telecharge_le is not None


def test_le_zip_et_chaque_pdf(organisme: Organisme, numero: int) -> None:
    archive = marquer_telechargement(organisme.gestionnaire, numero)
    fin = db.session.get_one(SessionCertification, numero).date_fin
    assert archive.type_mime == "application/zip"
    assert archive.nom == f"{fin}_SST-1_certificats_session-{numero}.zip"
    pdf = marquer_telechargement(organisme.delegataire, numero, pdfs(numero)[0])
    assert (
        pdf.type_mime == "application/pdf" and pdf.nom.endswith(".pdf") and "SST-1_D-ALMEIDA_Joao" in pdf.nom
    )
    for fichier in (archive, pdf):
        octets = stockage.lire(fichier.cle)
        assert (sha256(octets).hexdigest(), len(octets)) == (fichier.sha256, fichier.taille)
    faits = db.session.scalars(select(Telechargement).order_by(Telechargement.id)).all()
    assert [(t.individu_id, t.certificat_emis_id) for t in faits] == [
        (organisme.gestionnaire.individu_id, None),
        (organisme.delegataire.individu_id, pdfs(numero)[0]),
    ]
    suivi = telechargements(db.session.get_one(SessionCertification, numero))
    assert suivi is not None and len(suivi.certificats) == len(suivi.deja) == 2 and suivi.etat.ouvert


def test_telecharge_veut_dire_le_zip_ou_tous_les_pdf(organisme: Organisme, numero: int) -> None:
    premier, second = pdfs(numero)
    for _ in range(2):
        marquer_telechargement(organisme.gestionnaire, numero, premier)
    assert not telecharge(numero)
    marquer_telechargement(organisme.gestionnaire, numero, second)
    assert telecharge(numero)
    autre = une_session(organisme, Etat.GENERE, date_fin=date(2026, 1, 5))
    marquer_telechargement(organisme.gestionnaire, autre)
    assert telecharge(autre)


@pytest.mark.parametrize(
    ("genere", "dernier_instant", "trop_tard"),
    [
        ("2022-04-11T10:00:00+02:00", "2022-04-26T23:58:00+02:00", "2022-04-27T00:00:00+02:00"),
        # Across the end of summer time.
        ("2026-10-20T23:30:00+02:00", "2026-11-04T22:58:00+00:00", "2026-11-04T23:00:00+00:00"),
    ],
)
def test_quinze_jours_meme_sans_purge(
    organisme: Organisme, horloge_a: Callable[[str], None], genere: str, dernier_instant: str, trop_tard: str
) -> None:
    horloge_a(genere)
    numero = une_session(organisme, Etat.GENERE)
    horloge_a(dernier_instant)
    marquer_telechargement(organisme.gestionnaire, numero)
    horloge_a(trop_tard)
    for quoi in (None, pdfs(numero)[0]):
        with pytest.raises(Refus, match="Aucun duplicata"):
            marquer_telechargement(organisme.gestionnaire, numero, quoi)
    assert len(db.session.scalars(select(Telechargement)).all()) == 1


def test_jamais_pour_un_autre(organisme: Organisme, numero: int) -> None:
    autre = un_organisme("FORMATION GUY")
    collegue = un_acteur(TypeRole.DELEGATAIRE, organisme.entite_id)
    administrateur = un_acteur(TypeRole.ADMINISTRATEUR)
    for intrus in (autre.gestionnaire, autre.formateur, collegue, administrateur, organisme.formateur):
        for quoi in (None, pdfs(numero)[0]):
            with pytest.raises(Introuvable):
                marquer_telechargement(intrus, numero, quoi)
    sienne = une_session(autre, Etat.GENERE)
    with pytest.raises(Introuvable):
        marquer_telechargement(organisme.gestionnaire, numero, pdfs(sienne)[0])
    assert db.session.scalars(select(Telechargement)).all() == []


@pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_ENTITE, Etat.GENERATION])
def test_rien_avant_que_tout_soit_genere(organisme: Organisme, etat: Etat) -> None:
    numero = une_session(organisme, etat)
    with pytest.raises(ActionImpossible, match="pas encore générés"):
        marquer_telechargement(organisme.gestionnaire, numero)


@pytest.mark.parametrize("mal", ["altere", "absent"])
@pytest.mark.parametrize("zip_", [True, False])
def test_un_fichier_abime_n_est_pas_remis(organisme: Organisme, numero: int, mal: str, zip_: bool) -> None:
    quoi = None if zip_ else pdfs(numero)[0]
    cle = marquer_telechargement(organisme.gestionnaire, numero, quoi).cle
    if mal == "altere":
        stockage.ecrire(cle, stockage.lire(cle)[:-1] + b"?")
    else:
        stockage.supprimer(cle)
    with pytest.raises(ServiceIndisponible) as erreur:
        marquer_telechargement(organisme.gestionnaire, numero, quoi)
    assert ("plus identique" if mal == "altere" else "n’est plus dans l’espace") in erreur.value.message
    assert isinstance(erreur.value, ErreurMetier)
    assert len(db.session.scalars(select(Telechargement)).all()) == 1
