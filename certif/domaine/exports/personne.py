"""The data of a person, as tables: what names their row, what they did, what was done to them (R18).

Others appear by their role; no password, no secret, no link is in it, and no trainee.
"""

from collections.abc import Iterator

from certif.documents.tableaux import Piece, Tableau
from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.erreurs import Introuvable
from certif.domaine.exports import activite, compte
from certif.domaine.exports.lecture import noter_puis
from certif.domaine.libelles import exports as textes
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db


def prendre_les_siennes(individu_id: int) -> Iterator[Tableau | Piece]:
    """The tables of who is logged in, to be written as they are read."""
    return _prendre(individu_id, individu_id)


def remettre(acteur: Acteur, individu_id: int) -> Iterator[Tableau | Piece]:
    """The same of anybody who was not erased, for the administrateur, who hands them over.

    Raises:
        Introuvable: not an administrateur, or nobody has this identifier any more.
    """
    exiger_administrateur(acteur)
    return _prendre(acteur, individu_id)


def _prendre(auteur: Acteur | int, individu_id: int) -> Iterator[Tableau | Piece]:
    individu = db.session.get(Individu, individu_id)
    if individu is None or individu.efface_le is not None or individu.fusionne_dans_id is not None:
        raise Introuvable
    return noter_puis(tableaux(individu_id), auteur, "individu", individu_id)


def tableaux(individu_id: int) -> Iterator[Tableau | Piece]:
    """Everything that is kept of this person, whoever asks."""
    i = individu_id
    yield Piece("LISEZ-MOI.txt", textes.lisez_moi(textes.D_UNE_PERSONNE))
    for nom, entetes, rangees in (
        ("identite", textes.DONNEE, compte.identite(i)),
        ("roles", ("Rôle", "Organisation", "Dernier jour", "Retiré", "Dernière venue"), compte.roles(i)),
        (
            "roles_proposes",
            ("Rôle", "Organisation", "Proposé le", "Expire le", "Refusé le"),
            compte.proposes(i),
        ),
        (
            "qualifications",
            ("Dispositif niveau", "Premier jour", "Dernier jour", "Retrait"),
            compte.droits(i),
        ),
        ("connexions", ("Ouverte le", "Navigateur", "Second facteur", "Fermée le"), compte.connexions(i)),
        ("moyens_de_connexion", ("Moyen", "Nom", "Depuis", "Servi le"), compte.moyens(i)),
        (
            "courriels",
            ("Écrit le", "Objet", "Session", "État", "Envoyé le", "Refusé le"),
            compte.courriels(i),
        ),
        ("rappels", ("Rappel", "Session", "Fait le"), compte.rappels(i)),
        ("sessions", textes.ENTETES_DES_SESSIONS, activite.sessions(i)),
        ("sessions_effacees", textes.ENTETES_DES_BILANS, activite.bilans(i)),
        ("actions_sur_les_sessions", ("Quand", "Session", "Rôle", "Action"), activite.evenements(i)),
        ("telechargements", ("Quand", "Session", "Fichier"), activite.telechargements(i)),
        ("modeles", ("Modèle", "Organisation", "Gardé par la personne", "Formateur"), activite.modeles(i)),
        ("demandes", ("Demande", "Organisation", "Quand", "Action"), activite.demandes(i)),
        ("recherches_de_formateurs", ("Quand", "Organisation"), activite.recherches(i)),
        ("journal", ("Quand", "Rôle", "Action"), activite.journal_par(i)),
        ("journal_de_la_fiche", ("Quand", "Par", "Action"), activite.journal_sur(i)),
    ):
        yield Tableau(nom, entetes, rangees)
