"""A session with codes, and what a holder does with theirs."""

from datetime import date

from sqlalchemy import select

from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.remise import ouverture
from certif.domaine.certificats.remise.gestion import creer_les_codes
from certif.domaine.certificats.remise.lectures import cartes
from certif.domaine.certificats.remise.modeles import CodeDeRemise
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support.factories import Organisme, un_stagiaire, une_session

NAISSANCES = {"Dupont": "14/02/1991", "Durand": "03/05/1984"}


def session_avec_codes(organisme: Organisme) -> int:
    """Marie DUPONT and Mehdi DURAND, declared by the délégataire."""
    stagiaires = [
        un_stagiaire("Dupont", "Marie", date(1991, 2, 14), Resultat.REUSSITE),
        un_stagiaire("Durand", "Mehdi", date(1984, 5, 3), Resultat.REUSSITE),
    ]
    numero = une_session(organisme, Etat.GENERE, stagiaires=stagiaires, declarant=organisme.delegataire)
    creer_les_codes(organisme.delegataire, numero)
    return numero


def codes_de(organisme: Organisme, numero: int) -> list[str]:
    """The codes that are shown now, in the order of the trainees."""
    db.session.rollback()
    return [carte.code for carte in cartes(organisme.gestionnaire, numero)]


def lignes() -> list[CodeDeRemise]:
    """Every row, oldest first."""
    db.session.rollback()
    return list(db.session.scalars(select(CodeDeRemise).order_by(CodeDeRemise.id)))


def emis(numero: int) -> list[CertificatEmis]:
    db.session.rollback()
    requete = select(CertificatEmis).filter_by(session_numero=numero).order_by(CertificatEmis.nom_fichier)
    return list(db.session.scalars(requete))


def repond(code: str, date_naissance: str = NAISSANCES["Dupont"]) -> str:
    """What comes of a try: ouvert, faux (a wrong date) or mort."""
    try:
        ouverture.ouvrir(code, date_naissance)
    except ouverture.CodeMort:
        return "mort"
    except SaisieInvalide:
        return "faux"
    return "ouvert"
