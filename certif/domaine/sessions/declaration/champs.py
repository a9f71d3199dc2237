"""Reading the fields of the tab "Session" from what was typed, one by one."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date
from typing import Any

from sqlalchemy import select

from certif.domaine.dates import lire_date
from certif.domaine.erreurs import Fautes, Refus, SaisieInvalide
from certif.domaine.geographie.communes import villes
from certif.domaine.libelles import saisie
from certif.domaine.libelles.sessions import refus
from certif.domaine.noms import normaliser
from certif.domaine.personnes.modeles import NomCommercial
from certif.domaine.referentiel.lectures import certificats_de
from certif.domaine.referentiel.modeles import Dispositif, Niveau
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.domaine.sessions.declaration.lieu import lire_lieu
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import delais
from certif.domaine.sessions.valeurs import Identification, TypeLieu
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui

REFERENCE_MAX = 80
# Refused, these leave the whole place as it was; a refused town only leaves the postcode without town.
_CLES_DU_LIEU = {"lieu_type", "code_postal", "plateforme_id"}
_LIEU = ("lieu_type", "code_postal", "ville", "pays", "ville_etranger", "plateforme_id")


@dataclass
class Brouillon:
    """Values to store by column, and the messages of what was refused by field."""

    valeurs: dict[str, Any] = field(default_factory=dict)
    fautes: Fautes = field(default_factory=Fautes)


def lire_champs(session_certif: SessionCertification, champs: Mapping[str, str]) -> Brouillon:
    """Read the fields that are present; an empty one is stored as missing, a refused one is not stored."""
    brouillon = Brouillon()
    _lire_niveau(brouillon, session_certif, champs)
    niveau_id = brouillon.valeurs.get("niveau_id", session_certif.niveau_id)
    niveau = db.session.get(Niveau, niveau_id) if niveau_id else None
    _lire_certificat(brouillon, session_certif, champs, niveau)
    if niveau is None and brouillon.valeurs.get("niveau_id"):
        # The certificat has just chosen it.
        niveau = db.session.get(Niveau, brouillon.valeurs["niveau_id"])
    _lire_identification(brouillon, champs)
    _lire_date_fin(brouillon, session_certif, champs)
    if any(champ in champs for champ in _LIEU) or "niveau_id" in brouillon.valeurs:
        date_fin: date | None = brouillon.valeurs.get("date_fin", session_certif.date_fin)
        dispositif = niveau.dispositif if niveau else None
        change_de_niveau = niveau is not session_certif.niveau
        saisis = _lieu_saisi(session_certif, champs, dispositif, change_de_niveau)
        lieu = lire_lieu(saisis, session_certif.entite_id, dispositif, date_fin)
        if not lieu.fautes.champs.keys() & _CLES_DU_LIEU:
            brouillon.valeurs |= lieu.colonnes()
        for champ, messages in lieu.fautes.champs.items():
            if champ in champs or champ == "lieu_type":
                brouillon.fautes.champs[champ] = messages
    _lire_reference(brouillon, champs)
    _lire_nom_commercial(brouillon, session_certif, champs)
    return brouillon


def _lire_niveau(
    brouillon: Brouillon, session_certif: SessionCertification, champs: Mapping[str, str]
) -> None:
    if "niveau_id" not in champs:
        return
    texte = champs["niveau_id"].strip()
    if not texte:
        brouillon.valeurs["niveau_id"] = None
        return
    admis = {str(niveau.id): niveau.id for niveau in niveaux_proposes(session_certif.entite_id)}
    if session_certif.niveau_id is not None:
        admis[str(session_certif.niveau_id)] = session_certif.niveau_id
    if texte in admis:
        brouillon.valeurs["niveau_id"] = admis[texte]
    else:
        brouillon.fautes.noter("niveau_id", refus.NIVEAU_REFUSE)


def _lire_certificat(
    brouillon: Brouillon,
    session_certif: SessionCertification,
    champs: Mapping[str, str],
    niveau: Niveau | None,
) -> None:
    """A certificat of the niveau; choosing one before any niveau chooses its niveau too."""
    texte = champs.get("certificat_id", str(session_certif.certificat_id or "")).strip()
    change_de_niveau = session_certif.niveau_id is not None and niveau is not session_certif.niveau
    if change_de_niveau and niveau is None:
        brouillon.valeurs["certificat_id"] = None
        return
    niveaux = [niveau.id] if niveau else [n.id for n in niveaux_proposes(session_certif.entite_id)]
    admis = {str(certificat.id): certificat for certificat in certificats_de(niveaux)}
    if session_certif.certificat is not None and niveau is session_certif.niveau:
        # Archived since: the session that already names it keeps it.
        admis[str(session_certif.certificat_id)] = session_certif.certificat
    if texte and texte not in admis and not change_de_niveau:
        brouillon.fautes.noter("certificat_id", refus.CERTIFICAT_REFUSE)
        return
    # Changing the dispositif leaves the old certificat in the form: not a mistake of the user.
    if texte not in admis:
        texte = next(iter(admis)) if niveau is not None and len(admis) == 1 else ""
    brouillon.valeurs["certificat_id"] = admis[texte].id if texte else None
    if texte:
        brouillon.valeurs["niveau_id"] = admis[texte].niveau_id


def _lire_identification(brouillon: Brouillon, champs: Mapping[str, str]) -> None:
    texte = champs.get("identification")
    if texte is None:
        return
    if not texte.strip():
        brouillon.valeurs["identification"] = None
    elif texte in list(Identification):
        brouillon.valeurs["identification"] = Identification(texte)
    else:
        brouillon.fautes.noter("identification", refus.IDENTIFICATION_MANQUANTE)


def _lire_date_fin(
    brouillon: Brouillon, session_certif: SessionCertification, champs: Mapping[str, str]
) -> None:
    """F, refused outside R1's window; a rectificative session keeps the F that it corrects (R14)."""
    texte = champs.get("date_fin")
    if texte is None:
        return
    if not texte.strip():
        brouillon.valeurs["date_fin"] = None
        return
    with brouillon.fautes.recueillir():
        date_fin = lire_date(texte, "date_fin")
        try:
            if session_certif.rectifie_numero is None:
                delais.verifier_fenetre(date_fin, aujourd_hui(), session_certif.premiere_soumission_le)
        except Refus as refus_de_la_date:
            raise SaisieInvalide({"date_fin": [refus_de_la_date.message]}) from None
        brouillon.valeurs["date_fin"] = date_fin


def _lire_reference(brouillon: Brouillon, champs: Mapping[str, str]) -> None:
    texte = champs.get("reference_interne")
    if texte is None:
        return
    lue = normaliser(texte)
    if len(lue) > REFERENCE_MAX:
        brouillon.fautes.noter("reference_interne", saisie.trop_long(REFERENCE_MAX, len(lue)))
    elif not lue.isprintable():
        brouillon.fautes.noter("reference_interne", saisie.NOM_CONTROLE)
    else:
        brouillon.valeurs["reference_interne"] = lue or None


def _lire_nom_commercial(
    brouillon: Brouillon, session_certif: SessionCertification, champs: Mapping[str, str]
) -> None:
    """One of the entité's trade names; empty is the raison sociale."""
    texte = champs.get("nom_commercial_id", "").strip()
    # A name that is being removed is waited for: the row that a session names must stay.
    requete = select(NomCommercial.id).filter_by(entite_id=session_certif.entite_id)
    requete = requete.with_for_update(read=True, key_share=True)
    admis = {str(nom_id): nom_id for nom_id in db.session.scalars(requete)} if texte else {}
    if texte and texte not in admis:
        brouillon.fautes.noter("nom_commercial_id", refus.NOM_IMPRIME_REFUSE)
    elif "nom_commercial_id" in champs:
        brouillon.valeurs["nom_commercial_id"] = admis[texte] if texte else None


def _convient(lieu_type: str, dispositif: Dispositif | None) -> bool:
    """Whether the dispositif takes this kind of place."""
    requise = dispositif is not None and dispositif.plateforme_requise
    return (lieu_type == TypeLieu.PLATEFORME) == requise


def _lieu_saisi(
    session_certif: SessionCertification,
    champs: Mapping[str, str],
    dispositif: Dispositif | None,
    change_de_niveau: bool,
) -> dict[str, str]:
    """What is said of the place, posted or already stored.

    What another dispositif, or another postcode, leaves behind in the form is no mistake of the user: it is
    as if it were empty.
    """
    saisis = {champ: champs.get(champ, _valeur_actuelle(session_certif, champ)) for champ in _LIEU}
    if not _convient(saisis["lieu_type"], dispositif) and (change_de_niveau or "lieu_type" not in champs):
        saisis["lieu_type"] = ""
    proposees = villes(saisis["code_postal"])
    if proposees and saisis["ville"] == session_certif.ville and session_certif.ville not in proposees:
        saisis["ville"] = ""
    return saisis


def _valeur_actuelle(session_certif: SessionCertification, champ: str) -> str:
    """The stored value; a town is only that of its own kind of place."""
    etranger = session_certif.lieu_type is TypeLieu.ETRANGER
    if champ == "ville_etranger":
        return session_certif.ville or "" if etranger else ""
    valeur = None if champ == "ville" and etranger else getattr(session_certif, champ)
    return "" if valeur is None else str(valeur)
