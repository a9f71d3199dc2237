"""What a gestionnaire does to a demande: open it, send it, take it back or delete it (R16)."""

from datetime import date

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.demandes import identite, lectures, regles
from certif.domaine.demandes.annonces import annoncer_aux_administrateurs
from certif.domaine.demandes.etats import Action, NatureDemande
from certif.domaine.demandes.modeles import Demande
from certif.domaine.demandes.modification import OBJET, conclure, inaugurer, ouvrir
from certif.domaine.demandes.pieces import retirer_le_fichier
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.libelles.personnes import entite_suspendue
from certif.domaine.libelles.referentiel.habilitations import DISPOSITIF_ARCHIVE
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.lectures import niveaux_a_certifier
from certif.domaine.referentiel.modeles import Niveau
from certif.domaine.une_fois import une_fois
from certif.socle.base.extensions import db
from certif.socle.base.transaction import apres_commit, transaction
from certif.socle.horloge import aujourd_hui, maintenant


class DemandeDejaOuverte(Refus):
    """R16: one open demande per dispositif and niveau; `demande_id` is that one."""

    def __init__(self, demande_id: int, niveau: str) -> None:
        super().__init__(textes.deja_ouverte(niveau), "R16")
        self.demande_id = demande_id


def creer(acteur: Acteur, niveau_id: int, jeton: str) -> int:
    """Open a brouillon and return its id; the same one-time token gives the same one.

    Its nature is deduced (`regles.nature_de`); a renewal is offered the day after the last one ends.

    Raises:
        Introuvable: the actor is no gestionnaire.
        ActionImpossible: the entité is suspended.
        SaisieInvalide: on `niveau_id`: none that can be asked for.
        DemandeDejaOuverte: there is one for this niveau.
    """
    entite_id = acteur.entite_id
    if acteur.role is not TypeRole.GESTIONNAIRE or entite_id is None:
        raise Introuvable
    try:
        return une_fois(acteur.individu_id, jeton, lambda: _creer(acteur, entite_id, niveau_id))
    except IntegrityError:
        # PostgreSQL: another one came in between.
        ouverte = lectures.demande_ouverte(entite_id, niveau_id)
        if ouverte is None:
            raise
        raise DemandeDejaOuverte(ouverte, _niveau(niveau_id).libelle) from None


def _creer(acteur: Acteur, entite_id: int, niveau_id: int) -> int:
    entite = db.session.get_one(Entite, entite_id)
    if entite.suspendue:
        raise ActionImpossible(entite_suspendue(entite.raison_sociale))
    niveau = _niveau(niveau_id)
    if ouverte := lectures.demande_ouverte(entite_id, niveau_id):
        raise DemandeDejaOuverte(ouverte, niveau.libelle)
    demande = Demande(
        entite_id=entite_id,
        niveau_id=niveau_id,
        nature=_nature(entite_id, niveau_id),
        debut_souhaite=_debut_propose(entite_id, niveau_id),
    )
    return inaugurer(demande, acteur)


def manques(demande: Demande) -> dict[str, str]:
    """What stands in the way of transmitting it, by field, in the order of the screen."""
    if demande.d_identite:
        return identite.manques(demande)
    trouves: dict[str, str] = {}
    if demande.debut_souhaite is None:
        trouves["debut_souhaite"] = textes.DEBUT_MANQUANT
    else:
        try:
            regles.verifier_debut(demande.debut_souhaite, aujourd_hui())
        except SaisieInvalide as erreur:
            trouves["debut_souhaite"] = erreur.message
    dispositif = demande.niveau_vise.dispositif
    if dispositif.plateforme_requise and not demande.plateformes:
        deja = lectures.plateformes_en_service(demande.entite_id, dispositif.id, aujourd_hui())
        if not deja:
            trouves["code_postal"] = textes.PLATEFORME_MANQUANTE
    return trouves


def transmettre(acteur: Acteur, demande_id: int, version: int, commentaire: str = "") -> None:
    """Send it to the administrateurs, with a comment that may be empty.

    Raises:
        SaisieInvalide: something is missing, by field.
        ActionImpossible: also when the dispositif is not offered any more.
        Introuvable, VersionPerimee: as `modification.ouvrir`.
    """
    commentaire = regles.lire_texte(commentaire, "commentaire")
    with transaction():
        demande = ouvrir(acteur, demande_id, version, Action.TRANSMETTRE, commentaire)
        if demande is None:
            return
        if demande.niveau is not None and demande.niveau.dispositif.archive_le is not None:
            raise ActionImpossible(DISPOSITIF_ARCHIVE)
        if trouves := manques(demande):
            raise SaisieInvalide({champ: [message] for champ, message in trouves.items()})
        if demande.niveau_id is not None:
            demande.nature = _nature(demande.entite_id, demande.niveau_id)
        demande.transmise_le = maintenant()
        conclure(demande, acteur, Action.TRANSMETTRE, commentaire, commentaire=commentaire)
        annoncer_aux_administrateurs(demande)


def retirer(acteur: Acteur, demande_id: int, version: int) -> None:
    """Withdraw it: another one may be opened for the same niveau.

    Raises:
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    with transaction():
        demande = ouvrir(acteur, demande_id, version, Action.RETIRER)
        if demande is None:
            return
        demande.decidee_le = maintenant()
        conclure(demande, acteur, Action.RETIRER)
        annoncer_aux_administrateurs(demande)


def supprimer(acteur: Acteur, demande_id: int, version: int) -> None:
    """Delete a brouillon with its files; whoever already did may ask again.

    Raises:
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    with transaction():
        try:
            demande = ouvrir(acteur, demande_id, version, Action.SUPPRIMER)
        except Introuvable:
            if _deja_supprimee(acteur, demande_id):
                return
            raise
        if demande is None:
            return
        for piece in demande.pieces:
            apres_commit(retirer_le_fichier, piece.cle)
        consigner(acteur, Action.SUPPRIMER.value, OBJET, demande_id, avant={"etat": demande.etat.value})
        db.session.delete(demande)


def _deja_supprimee(acteur: Acteur, demande_id: int) -> bool:
    deja = select(EntreeJournal.id).filter_by(
        action=Action.SUPPRIMER.value, objet=OBJET, objet_id=demande_id, acteur_id=acteur.individu_id
    )
    return db.session.scalar(deja.limit(1)) is not None


def _niveau(niveau_id: int) -> Niveau:
    niveau = next((n for n in niveaux_a_certifier() if n.id == niveau_id), None)
    if niveau is None:
        raise SaisieInvalide({"niveau_id": [textes.NIVEAU_REFUSE]})
    return niveau


def _nature(entite_id: int, niveau_id: int) -> NatureDemande:
    deja = bool(lectures.habilitations_du_niveau(entite_id, niveau_id))
    return regles.nature_de(deja, lectures.tient_une_habilitation(entite_id, aujourd_hui()))


def _debut_propose(entite_id: int, niveau_id: int) -> date | None:
    tenues = [h for h in lectures.habilitations_du_niveau(entite_id, niveau_id) if h.retrait_le is None]
    return regles.debut_propose(max((h.fin for h in tenues), default=None), aujourd_hui())
