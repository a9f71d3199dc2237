"""The data of an entité, as tables and pictures, for its gestionnaires; and for the administrateur.

The administrateur reads no trainee, nor what may name one (R9): neither do they here.
"""

from collections.abc import Iterator

from certif.documents.tableaux import Piece, Tableau
from certif.domaine.acteur import Acteur, exiger_administrateur, exiger_gestionnaire
from certif.domaine.erreurs import Introuvable
from certif.domaine.exports import organisation, sessions
from certif.domaine.exports.lecture import noter_puis
from certif.domaine.libelles import exports as textes
from certif.domaine.personnes.modeles import Entite
from certif.socle.base.extensions import db


def prendre_les_siennes(acteur: Acteur) -> Iterator[Tableau | Piece]:
    """The tables of the gestionnaire's own entité, suspended or not, to be written as they are read.

    Raises:
        Introuvable: not a gestionnaire.
    """
    entite_id = exiger_gestionnaire(acteur)
    return _prendre(acteur, entite_id, tout=True)


def remettre(acteur: Acteur, entite_id: int) -> Iterator[Tableau | Piece]:
    """The same of any entité, for the administrateur, without what is of trainees.

    Raises:
        Introuvable: not an administrateur, or no such entité.
    """
    exiger_administrateur(acteur)
    return _prendre(acteur, entite_id, tout=False)


def _prendre(acteur: Acteur, entite_id: int, *, tout: bool) -> Iterator[Tableau | Piece]:
    if db.session.get(Entite, entite_id) is None:
        raise Introuvable
    return noter_puis(tableaux(entite_id, tout=tout), acteur, "entite", entite_id)


def tableaux(e: int, *, tout: bool) -> Iterator[Tableau | Piece]:
    """Everything that is kept of this entité; `tout`: with what is of its trainees."""
    yield Piece(
        "LISEZ-MOI.txt", textes.lisez_moi(textes.D_UNE_ENTITE if tout else textes.D_UNE_ENTITE_REMISE)
    )
    yield Tableau("entite", textes.DONNEE, organisation.identite(e))
    yield from organisation.logos(e)
    yield Tableau("noms_commerciaux", ("N°", "Nom commercial"), organisation.noms_commerciaux(e))
    yield Tableau("utilisateurs", textes.ENTETES_DES_UTILISATEURS, organisation.utilisateurs(e, tout=tout))
    yield Tableau("habilitations", textes.ENTETES_DES_HABILITATIONS, organisation.habilitations(e))
    yield Tableau("plateformes", textes.ENTETES_DES_PLATEFORMES, organisation.plateformes(e))
    yield Tableau("demandes", textes.ENTETES_DES_DEMANDES, organisation.demandes(e, tout=tout))
    yield Tableau(
        "suivi_des_demandes",
        textes.ENTETES_DU_SUIVI_DES_DEMANDES,
        organisation.suivi_des_demandes(e, tout=tout),
    )
    if tout:
        yield Tableau("modeles", textes.ENTETES_DES_MODELES, organisation.modeles(e))
    vivantes = sessions.vivantes(e)
    yield Tableau("sessions", textes.ENTETES_DES_SESSIONS_SUIVIES, sessions.sessions(vivantes, tout=tout))
    if tout:
        yield Tableau("stagiaires", textes.ENTETES_DES_STAGIAIRES, sessions.stagiaires(vivantes))
    yield Tableau("suivi_des_sessions", textes.ENTETES_DU_SUIVI, sessions.suivi(vivantes, tout=tout))
    yield Tableau("telechargements", textes.ENTETES_DES_TELECHARGEMENTS, sessions.telechargements(vivantes))
    certifiees = sessions.certifiees(e)
    yield Tableau("certificats", textes.ENTETES_DES_CERTIFICATS, sessions.certificats(certifiees))
    yield Tableau("sessions_effacees", textes.ENTETES_DES_SESSIONS_EFFACEES, sessions.bilans(e))
    toutes = sorted({*vivantes, *certifiees, *sessions.effacees(e)})
    yield Tableau("journal", ("Quand", "Rôle", "Action"), sessions.journal(e, toutes))
