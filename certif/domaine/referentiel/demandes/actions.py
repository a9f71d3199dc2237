"""What a gestionnaire does to a demande: open it, fill it, send it, take it back (R16)."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.domaine.comptes.acteur import Acteur
from certif.domaine.comptes.modeles import Entite, TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide
from certif.domaine.journal import EntreeJournal, consigner
from certif.domaine.libelles import demandes as textes
from certif.domaine.libelles.refus import entite_suspendue
from certif.domaine.referentiel.communes import Lieu, verifier_lieu_france, villes
from certif.domaine.referentiel.demandes import lectures, regles
from certif.domaine.referentiel.demandes.annonces import annoncer_aux_administrateurs
from certif.domaine.referentiel.demandes.etats import Action, NatureDemande
from certif.domaine.referentiel.demandes.modification import OBJET, conclure, noter, ouvrir
from certif.domaine.referentiel.demandes.pieces import (
    CHAMP,
    NOMBRE_MAX,
    Deposee,
    FichierRecu,
    deposees,
    examiner,
    retirer_le_fichier,
)
from certif.domaine.referentiel.demandes.portee import charger
from certif.domaine.referentiel.modeles import Niveau
from certif.domaine.referentiel.modeles_demandes import Demande, PieceJointe, PlateformeDemandee
from certif.domaine.temps import lire_date_facultative
from certif.domaine.une_fois import une_fois
from certif.socle.extensions import db
from certif.socle.horloge import aujourd_hui, maintenant
from certif.socle.transaction import apres_commit, transaction


class DemandeDejaOuverte(Refus):
    """R16: one open demande per dispositif and niveau; `demande_id` is that one."""

    def __init__(self, demande_id: int, niveau: str) -> None:
        super().__init__(textes.deja_ouverte(niveau), "R16")
        self.demande_id = demande_id


@dataclass(frozen=True, slots=True)
class Saisie:
    """What the form of a demande posts, as typed; `retirer_*` names what is to be taken out."""

    debut_souhaite: str = ""
    message: str = ""
    code_postal: str = ""
    ville: str = ""
    fichiers: tuple[FichierRecu, ...] = ()
    retirer_plateforme: int | None = None
    retirer_piece: int | None = None


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
        cree_par_id=acteur.individu_id,
        cree_le=maintenant(),
        modifiee_le=maintenant(),
    )
    db.session.add(demande)
    db.session.flush()
    noter(demande, acteur, Action.CREER, version_avant=0)
    consigner(
        Action.CREER.value,
        OBJET,
        demande.id,
        acteur_id=acteur.individu_id,
        role=acteur.role.value,
        apres={"entite_id": entite_id, "niveau_id": niveau_id},
    )
    return demande.id


def enregistrer(acteur: Acteur, demande_id: int, version: int, saisie: Saisie) -> int:
    """Save the form whole, or nothing of it; returns the version that the demande has now.

    What is missing is accepted. A file is put in the store before the row that names it.

    Raises:
        SaisieInvalide: on `debut_souhaite`, `message`, `code_postal`, `ville` or `pieces`.
        ServiceIndisponible: the store fails.
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    charger(acteur, demande_id)
    debut, message, lieu = _lire(saisie)
    pieces = [examiner(recu) for recu in saisie.fichiers]
    contenu = {
        "debut": debut,
        "message": message,
        "lieu": lieu.libelle if lieu else "",
        "pieces": [(p.nom, p.sha256) for p in pieces],
        "retirer": [saisie.retirer_plateforme, saisie.retirer_piece],
    }
    with deposees(demande_id, pieces) as nouvelles, transaction():
        demande = ouvrir(acteur, demande_id, version, Action.ENREGISTRER, contenu)
        if demande is None:
            return version + 1
        details = _champs_changes(demande, debut, message)
        demande.debut_souhaite, demande.message = debut, message
        details += _plateformes(demande, lieu, saisie.retirer_plateforme)
        details += _pieces(demande, acteur, nouvelles, saisie.retirer_piece)
        conclure(demande, acteur, Action.ENREGISTRER, contenu, details=details)
        return demande.version


def manques(demande: Demande) -> dict[str, str]:
    """What stands in the way of transmitting it, by field, in the order of the screen."""
    trouves: dict[str, str] = {}
    if demande.debut_souhaite is None:
        trouves["debut_souhaite"] = textes.DEBUT_MANQUANT
    else:
        try:
            regles.verifier_debut(demande.debut_souhaite, aujourd_hui())
        except SaisieInvalide as erreur:
            trouves["debut_souhaite"] = erreur.message
    dispositif = demande.niveau.dispositif
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
        if demande.niveau.dispositif.archive_le is not None:
            raise ActionImpossible(textes.DISPOSITIF_ARCHIVE)
        if trouves := manques(demande):
            raise SaisieInvalide({champ: [message] for champ, message in trouves.items()})
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
        consigner(
            Action.SUPPRIMER.value,
            OBJET,
            demande_id,
            acteur_id=acteur.individu_id,
            role=acteur.role.value,
            avant={"etat": demande.etat.value},
        )
        db.session.delete(demande)


def _deja_supprimee(acteur: Acteur, demande_id: int) -> bool:
    deja = select(EntreeJournal.id).filter_by(
        action=Action.SUPPRIMER.value, objet=OBJET, objet_id=demande_id, acteur_id=acteur.individu_id
    )
    return db.session.scalar(deja.limit(1)) is not None


def _niveau(niveau_id: int) -> Niveau:
    niveau = next((n for n in lectures.niveaux_demandables() if n.id == niveau_id), None)
    if niveau is None:
        raise SaisieInvalide({"niveau_id": [textes.NIVEAU_REFUSE]})
    return niveau


def _nature(entite_id: int, niveau_id: int) -> NatureDemande:
    deja = bool(lectures.habilitations_du_niveau(entite_id, niveau_id))
    return regles.nature_de(deja, lectures.tient_une_habilitation(entite_id, aujourd_hui()))


def _debut_propose(entite_id: int, niveau_id: int) -> date | None:
    tenues = [h for h in lectures.habilitations_du_niveau(entite_id, niveau_id) if h.retrait_le is None]
    return regles.debut_propose(max((h.fin for h in tenues), default=None), aujourd_hui())


def _lire(saisie: Saisie) -> tuple[date | None, str, Lieu | None]:
    """Every field that can be judged by itself, all of their refusals at once."""
    erreurs: dict[str, list[str]] = {}
    debut, message, lieu = None, "", None
    try:
        debut = lire_date_facultative(saisie.debut_souhaite, "debut_souhaite")
        if debut is not None:
            regles.verifier_debut(debut, aujourd_hui())
    except SaisieInvalide as erreur:
        erreurs |= erreur.champs
    try:
        message = regles.lire_texte(saisie.message, "message")
    except SaisieInvalide as erreur:
        erreurs |= erreur.champs
    try:
        lieu = _lire_lieu(saisie.code_postal, saisie.ville)
    except SaisieInvalide as erreur:
        erreurs |= erreur.champs
    if erreurs:
        raise SaisieInvalide(erreurs)
    return debut, message, lieu


def _lire_lieu(code_postal: str, ville: str) -> Lieu | None:
    """R13; a postcode of one town needs no more typing."""
    if not code_postal.strip() and not ville.strip():
        return None
    seules = villes(code_postal)
    if not ville.strip() and len(seules) == 1:
        ville = seules[0]
    return verifier_lieu_france(code_postal, ville)[0]


def _champs_changes(demande: Demande, debut: date | None, message: str) -> list[str]:
    avant: Mapping[str, Any] = {"debut_souhaite": demande.debut_souhaite, "message": demande.message}
    apres = {"debut_souhaite": debut, "message": message}
    return [textes.NOMS_DE_CHAMPS[champ] for champ in avant if avant[champ] != apres[champ]]


def _plateformes(demande: Demande, lieu: Lieu | None, retirer: int | None) -> list[str]:
    """Add one, take one out; the same place twice is one platform."""
    avant = len(demande.plateformes)
    if retirer is not None:
        demande.plateformes = [p for p in demande.plateformes if p.id != retirer]
    change = len(demande.plateformes) != avant
    if lieu is not None:
        if not demande.niveau.dispositif.plateforme_requise:
            raise SaisieInvalide({"code_postal": [textes.PLATEFORME_INUTILE]})
        deja = {(p.code_postal, p.ville) for p in demande.plateformes}
        if (lieu.code_postal, lieu.ville) not in deja:
            if len(deja) >= regles.PLATEFORMES_MAX:
                raise SaisieInvalide({"code_postal": [textes.trop_de_plateformes(regles.PLATEFORMES_MAX)]})
            demande.plateformes.append(PlateformeDemandee(code_postal=lieu.code_postal, ville=lieu.ville))
            change = True
    return [textes.NOMS_DE_CHAMPS["plateformes"]] if change else []


def _pieces(demande: Demande, acteur: Acteur, nouvelles: list[Deposee], retirer: int | None) -> list[str]:
    """Name the files that were put in place; a piece taken out loses its file once that is committed."""
    retiree = next((p for p in demande.pieces if p.id == retirer), None)
    if retiree is not None:
        demande.pieces.remove(retiree)
        apres_commit(retirer_le_fichier, retiree.cle)
    if len(demande.pieces) + len(nouvelles) > NOMBRE_MAX:
        raise SaisieInvalide({CHAMP: [textes.trop_de_pieces(NOMBRE_MAX)]})
    for nouvelle in nouvelles:
        demande.pieces.append(
            PieceJointe(
                nom=nouvelle.piece.nom,
                type_mime=nouvelle.piece.type_mime,
                taille=len(nouvelle.piece.octets),
                sha256=nouvelle.piece.sha256,
                cle=nouvelle.cle,
                ajoutee_par_id=acteur.individu_id,
                ajoutee_le=maintenant(),
            )
        )
    return [textes.NOMS_DE_CHAMPS["pieces"]] if nouvelles or retiree else []
