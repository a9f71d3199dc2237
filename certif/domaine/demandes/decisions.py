"""What an administrateur answers: to be completed, refused, or an habilitation (R16)."""

from dataclasses import dataclass
from datetime import date

from certif.domaine.acteur import Acteur
from certif.domaine.demandes import lectures, regles
from certif.domaine.demandes.annonces import annoncer_a_l_entite
from certif.domaine.demandes.etats import Action
from certif.domaine.demandes.modeles import Demande
from certif.domaine.demandes.modification import conclure, ouvrir
from certif.domaine.erreurs import Fautes
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.referentiel.habilitations import inscrire
from certif.domaine.referentiel.modeles import Plateforme
from certif.domaine.referentiel.regles import lire_numero
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant


@dataclass(frozen=True, slots=True)
class HabilitationSaisie:
    """What the administrateur gives an habilitation, as typed."""

    numero: str
    debut: str
    fin: str


def retourner(acteur: Acteur, demande_id: int, version: int, commentaire: str) -> None:
    """Send it back to be completed, saying what is missing in 1–2,000 characters.

    Raises:
        SaisieInvalide: on `commentaire`.
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    lu = regles.lire_texte(commentaire, "commentaire", textes.COMMENTAIRE_MANQUANT)
    with transaction():
        demande = ouvrir(acteur, demande_id, version, Action.RETOURNER, lu)
        if demande is None:
            return
        conclure(demande, acteur, Action.RETOURNER, lu, commentaire=lu)
        annoncer_a_l_entite(demande)


def refuser(acteur: Acteur, demande_id: int, version: int, motif: str) -> None:
    """Refuse it, with a reason of 1–2,000 characters.

    Raises:
        SaisieInvalide: on `motif`.
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    lu = regles.lire_texte(motif, "motif", textes.MOTIF_MANQUANT)
    with transaction():
        demande = ouvrir(acteur, demande_id, version, Action.REFUSER, lu)
        if demande is None:
            return
        demande.motif, demande.decidee_le = lu, maintenant()
        conclure(demande, acteur, Action.REFUSER, lu, commentaire=lu)
        annoncer_a_l_entite(demande)


def accepter(acteur: Acteur, demande_id: int, version: int, saisie: HabilitationSaisie) -> None:
    """Create the habilitation, always a new one, and its platforms, in the same transaction.

    Raises:
        SaisieInvalide: on `numero` (malformed, or another habilitation's), `debut` or `fin`.
        ActionImpossible: also when the dispositif is not offered any more.
        Introuvable, VersionPerimee: as `modification.ouvrir`.
    """
    numero, debut, fin = _lire(saisie)
    contenu = [numero, debut, fin]
    with transaction():
        demande = ouvrir(acteur, demande_id, version, Action.ACCEPTER, contenu, d_identite=False)
        if demande is None:
            return
        habilitation = inscrire(
            acteur, demande.entite_id, demande.niveau_vise, numero, debut, fin, demande_id=demande.id
        )
        _declarer_les_plateformes(demande, debut)
        demande.habilitation = habilitation
        demande.decidee_le = maintenant()
        conclure(demande, acteur, Action.ACCEPTER, contenu)
        annoncer_a_l_entite(demande)


def _lire(saisie: HabilitationSaisie) -> tuple[str, date, date]:
    fautes = Fautes()
    with fautes.recueillir():
        numero = lire_numero(saisie.numero)
    with fautes.recueillir():
        periode = regles.lire_periode(saisie.debut, saisie.fin, aujourd_hui())
    fautes.lever()
    return numero, *periode


def _declarer_les_plateformes(demande: Demande, debut: date) -> None:
    dispositif_id = demande.niveau_vise.dispositif_id
    en_service = lectures.plateformes_en_service(demande.entite_id, dispositif_id, debut)
    # A platform that is already there for good, from that day on, is not declared twice.
    deja = {(p.code_postal, p.ville) for p in en_service if p.debut <= debut and p.fin is None}
    for demandee in demande.plateformes:
        if (demandee.code_postal, demandee.ville) not in deja:
            db.session.add(
                Plateforme(
                    entite_id=demande.entite_id,
                    dispositif_id=dispositif_id,
                    code_postal=demandee.code_postal,
                    ville=demandee.ville,
                    debut=debut,
                )
            )
