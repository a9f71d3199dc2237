"""Another identity is given to an entité: by a demande, or by the administrateur alone (R17).

What a session in génération en cours or later prints is frozen already; the others print the new names.
"""

from __future__ import annotations

from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.demandes.annonces import annoncer_a_l_entite
from certif.domaine.demandes.etats import Action
from certif.domaine.demandes.identite import Souhait, impossibles, lire, souhait_de
from certif.domaine.demandes.modification import conclure, ouvrir
from certif.domaine.entites.identites import Identite, annoncer, identite_de
from certif.domaine.entites.noms_pris import prendre
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles import demandes_identite as textes
from certif.domaine.libelles import identite as textes_identite
from certif.domaine.libelles.mon_entite import SIRET_PRIS
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.noms_commerciaux import poser
from certif.socle.extensions import db
from certif.socle.horloge import maintenant
from certif.socle.transaction import transaction
from certif.socle.verrou import tenir


def accepter(acteur: Acteur, demande_id: int, version: int, *, admettre: bool = False) -> None:
    """Give the entité what its demande wishes, judged again; `admettre` a name that another entité has.

    Raises:
        SaisieInvalide: by field, what cannot be, or a name that is another's and not admitted; the demande
            stays transmise.
        Introuvable, VersionPerimee, ActionImpossible: as `modification.ouvrir`.
    """
    with transaction():
        demande = ouvrir(acteur, demande_id, version, Action.ACCEPTER, admettre, d_identite=True)
        if demande is None:
            return
        entite = _verrouiller(demande.entite_id)
        avant = identite_de(entite)
        _donner(acteur, entite, avant, souhait_de(demande), admettre=admettre)
        demande.decidee_le = maintenant()
        conclure(demande, acteur, Action.ACCEPTER, admettre)
        changements = [*avant.devenue(identite_de(entite)), textes_identite.CERTIFICATS_INCHANGES]
        annoncer_a_l_entite(demande, textes.acceptee(" ".join(changements)))


def corriger_les_noms(acteur: Acteur, entite: Entite, confirme: bool = False, **saisis: str) -> None:
    """Rename, add or take out trade names, by field as `demandes.identite.lire`; `confirme` admits.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: by field.
    """
    exiger_administrateur(acteur)
    with transaction():
        entite = _verrouiller(entite.id)
        avant = identite_de(entite)
        _donner(acteur, entite, avant, lire(saisis, entite), admettre=confirme)
        annoncer(acteur, entite, avant)


def _verrouiller(entite_id: int) -> Entite:
    """Held until the transaction ends: changes to its names follow one another."""
    requete = select(Entite).filter_by(id=entite_id)
    return db.session.scalars(tenir(requete, Entite)).one()


def _donner(acteur: Acteur, entite: Entite, avant: Identite, souhait: Souhait, *, admettre: bool) -> None:
    if erreurs := impossibles(souhait, entite):
        raise SaisieInvalide(erreurs)
    voulues: dict[str, Any] = {"raison_sociale": souhait.raison_sociale, "siret": souhait.siret}
    changes = [champ for champ, valeur in voulues.items() if valeur != getattr(avant, champ)]
    for champ in changes:
        setattr(entite, champ, voulues[champ])
    try:
        db.session.flush()
    except IntegrityError:  # another entité has just taken it
        raise SaisieInvalide({"siret": [SIRET_PRIS]}) from None
    poser(acteur, entite, souhait.noms, souhait.ajouts)
    prendre(entite, souhait.a_porter, admettre=admettre)
    if changes:
        consigner(
            acteur,
            "modifier",
            "entite",
            entite.id,
            avant={champ: getattr(avant, champ) for champ in changes},
            apres={champ: voulues[champ] for champ in changes},
        )
