"""The form of the tab "Session": which fields it posts, what it offers, what it shows."""

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from werkzeug.datastructures import MultiDict

from certif.domaine.geographie.communes import villes
from certif.domaine.geographie.pays import liste_pays
from certif.domaine.libelles import ecrans
from certif.domaine.sessions.declaration.avertissements import avertissement_lieu, avertissement_semblable
from certif.domaine.sessions.declaration.choix import Choix, choix_pour
from certif.domaine.sessions.declaration.recents import Lieu, derniers_lieux
from certif.domaine.sessions.droits.conditions import empechements
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import echeance_de_soumission
from certif.domaine.sessions.regles import completude
from certif.domaine.sessions.valeurs import Identification, TypeLieu
from certif.domaine.temps import format_date
from certif.web.acces import acteur

CHAMPS = (
    "niveau_id",
    "certificat_id",
    "lieu_type",
    "code_postal",
    "ville",
    "pays",
    "ville_etranger",
    "plateforme_id",
    "identification",
    "date_fin",
    "reference_interne",
    "nom_commercial_id",
)
_CODE_POSTAL = re.compile("[0-9]{5}")


@dataclass(frozen=True)
class PuceLieu:
    """A place offered in one tap; `choisi` when it is the session's."""

    libelle: str
    valeur: str
    choisi: bool


@dataclass(frozen=True)
class FormulaireSession:
    """What `entite/_session.html` reads. `refus` holds what R1, R2 and R13 would refuse at submission."""

    valeurs: Mapping[str, str]
    erreurs: Mapping[str, list[str]]
    choix: Choix
    plateforme_requise: bool
    raison_sociale: str
    derniers_lieux: list[PuceLieu]
    refus: Mapping[str, str] = field(default_factory=dict)
    avertissement_lieu: str = ""
    avertissement_semblable: str = ""
    echeance: str = ""
    aide_maj: str = ""

    @property
    def niveaux(self) -> list[tuple[int, str]]:
        return [(niveau.id, niveau.libelle) for niveau in self.choix.niveaux]

    @property
    def certificats(self) -> list[tuple[Any, Any]]:
        """Those of the chosen niveau, or all of them under their niveau."""
        par_niveau: dict[str, list[tuple[int, str]]] = {}
        for certificat in self.choix.certificats:
            par_niveau.setdefault(certificat.niveau.libelle, []).append((certificat.id, certificat.libelle))
        return next(iter(par_niveau.values())) if len(par_niveau) == 1 else list(par_niveau.items())

    @property
    def plateformes(self) -> list[tuple[int, str]]:
        return [(plateforme.id, plateforme.libelle) for plateforme in self.choix.plateformes]

    @property
    def noms_commerciaux(self) -> list[tuple[int, str]]:
        return [(nom.id, nom.libelle) for nom in self.choix.noms_commerciaux]

    @property
    def pays(self) -> Sequence[tuple[str, str]]:
        return liste_pays()

    @property
    def identifications(self) -> list[tuple[str, ...]]:
        """Value and label, with a help beside the update of some dispositifs."""
        initial, maj = Identification.options()
        return [initial, (*maj, self.aide_maj) if self.aide_maj else maj]

    @property
    def champ_ville(self) -> dict[str, Any]:
        """The context of `entite/_ville.html`."""
        return contexte_ville(
            self.valeurs["code_postal"], self.valeurs["ville"], self.erreurs.get("ville", [])
        )

    @property
    def resume(self) -> list[tuple[str, str]]:
        """The errors in the order of the screen, with the control that each one is about."""
        return [(champ, " ".join(self.erreurs[champ])) for champ in CHAMPS if champ in self.erreurs]


def lire(formulaire: MultiDict[str, str]) -> dict[str, str]:
    """The fields of this form that were posted, and no other; a place in one tap is its fields."""
    champs = {champ: formulaire[champ] for champ in CHAMPS if champ in formulaire}
    return champs | _lieu_choisi(formulaire["lieu"]) if "lieu" in formulaire else champs


def _lieu_choisi(valeur: str) -> dict[str, str]:
    """The fields that a `PuceLieu` fills: R13 judges them as if they had been typed."""
    lieu_type, _, reste = valeur.partition("|")
    code, _, ville = reste.partition("|")
    if lieu_type == TypeLieu.ETRANGER:
        return {"lieu_type": lieu_type, "pays": code, "ville_etranger": ville}
    return {"lieu_type": lieu_type, "code_postal": code, "ville": ville}


def _puce(lieu: Lieu, s: SessionCertification) -> PuceLieu:
    choisi = (s.lieu_type, s.code_postal, s.ville, s.pays)
    return PuceLieu(
        libelle=lieu.libelle,
        valeur=f"{lieu.lieu_type}|{lieu.pays or lieu.code_postal}|{lieu.ville}",
        choisi=choisi == (lieu.lieu_type, lieu.code_postal, lieu.ville, lieu.pays),
    )


def contexte_ville(code_postal: str, ville: str, erreurs: list[str]) -> dict[str, Any]:
    """A list of the postcode's towns; a free text where the postcode has none, for a CEDEX."""
    code_postal = code_postal.strip()
    proposees = villes(code_postal)
    libre = not proposees and _CODE_POSTAL.fullmatch(code_postal) is not None
    if len(proposees) == 1 and not erreurs:
        ville = proposees[0]
    return {
        "code_postal": code_postal,
        "villes": [(v, v) for v in proposees],
        "libre": libre,
        "ville": ville,
        "erreurs": erreurs,
    }


def formulaire_session(
    session_certif: SessionCertification,
    erreurs: Mapping[str, list[str]] | None = None,
    saisis: Mapping[str, str] | None = None,
    trouves: Mapping[str, str] | None = None,
) -> FormulaireSession:
    """The form of this session; a refused field keeps what was typed in it; `trouves` as for `boite`."""
    s, erreurs, saisis = session_certif, erreurs or {}, saisis or {}
    valeurs = _valeurs(s)
    valeurs |= {champ: saisis[champ] for champ in erreurs if champ in saisis}
    manques, trouves = completude.manques(s), empechements(s) if trouves is None else trouves
    echeance = echeance_de_soumission(s)
    sst = s.niveau is not None and s.niveau.dispositif.code == "SST"
    return FormulaireSession(
        valeurs=valeurs,
        erreurs=erreurs,
        choix=choix_pour(s),
        plateforme_requise=s.niveau is not None and s.niveau.dispositif.plateforme_requise,
        raison_sociale=s.entite.raison_sociale,
        derniers_lieux=[_puce(lieu, s) for lieu in derniers_lieux(s)],
        refus={champ: message for champ, message in trouves.items() if champ not in manques},
        avertissement_lieu=avertissement_lieu(s) or "",
        avertissement_semblable=avertissement_semblable(s, acteur()) or "",
        echeance=ecrans.fin_puis_cloture(s.date_fin, echeance) if s.date_fin and echeance else "",
        aide_maj=ecrans.MISE_A_JOUR_SST if sst else "",
    )


def ecarts(session_certif: SessionCertification, saisis: Mapping[str, str]) -> dict[str, list[str]]:
    """Field by field, what a stale form said where it differs from what is stored."""
    formulaire = formulaire_session(session_certif)
    choix: dict[str, list[tuple[Any, Any]]] = {
        "niveau_id": list(formulaire.niveaux),
        "certificat_id": [(c.id, c.libelle) for c in formulaire.choix.certificats],
        "plateforme_id": list(formulaire.plateformes),
        "nom_commercial_id": list(formulaire.noms_commerciaux),
        "pays": list(formulaire.pays),
        "lieu_type": TypeLieu.options(),
        "identification": Identification.options(),
    }
    messages = {}
    for champ, saisi in saisis.items():
        texte = saisi.strip()
        if champ in choix:
            texte = next((libelle for valeur, libelle in choix[champ] if str(valeur) == texte), "")
        if texte and saisi.strip() != formulaire.valeurs[champ]:
            messages[champ] = [ecrans.page_indiquait(texte)]
    return messages


def _valeurs(s: SessionCertification) -> dict[str, str]:
    etranger = s.lieu_type is TypeLieu.ETRANGER
    brutes = {
        "niveau_id": s.niveau_id,
        "certificat_id": s.certificat_id,
        # Most sessions are in France: the form begins there.
        "lieu_type": s.lieu_type or TypeLieu.FRANCE,
        "code_postal": "" if etranger else s.code_postal,
        "ville": "" if etranger else s.ville,
        "pays": s.pays,
        "ville_etranger": s.ville if etranger else "",
        "plateforme_id": s.plateforme_id,
        "identification": s.identification,
        "date_fin": format_date(s.date_fin) if s.date_fin else "",
        "reference_interne": s.reference_interne,
        "nom_commercial_id": s.nom_commercial_id,
    }
    return {champ: "" if valeur is None else str(valeur) for champ, valeur in brutes.items()}
