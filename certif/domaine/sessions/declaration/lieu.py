"""Reading the place of a session from what was typed (R13), keeping whatever part of it is right."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from datetime import date

from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.geographie.communes import lire_code_postal, verifier_lieu_france, villes
from certif.domaine.geographie.pays import verifier_lieu_etranger
from certif.domaine.noms import normaliser
from certif.domaine.referentiel.lectures import plateformes_de
from certif.domaine.referentiel.modeles import Dispositif
from certif.domaine.sessions.regles import lieux
from certif.domaine.sessions.valeurs import TypeLieu


@dataclass
class LieuLu:
    """Column values to store, and what was refused; an absent part is stored as None."""

    lieu_type: TypeLieu | None = None
    code_postal: str | None = None
    ville: str | None = None
    pays: str | None = None
    plateforme_id: int | None = None
    fautes: Fautes = field(default_factory=Fautes)

    def colonnes(self) -> dict[str, object]:
        return {
            "lieu_type": self.lieu_type,
            "code_postal": self.code_postal,
            "ville": self.ville,
            "pays": self.pays,
            "plateforme_id": self.plateforme_id,
        }


def lire_lieu(
    champs: Mapping[str, str], entite_id: int, dispositif: Dispositif | None, date_fin: date | None
) -> LieuLu:
    """Read `lieu_type`, then the fields of that kind of place: `code_postal` and `ville`, `pays` and
    `ville_etranger`, or `plateforme_id`. A dispositif that requires a platform needs no `lieu_type`.
    """
    lu = LieuLu()
    type_saisi = champs.get("lieu_type", "").strip()
    if dispositif is not None and dispositif.plateforme_requise and not type_saisi:
        type_saisi = TypeLieu.PLATEFORME.value
    if not type_saisi:
        return lu
    with lu.fautes.recueillir():
        lieux.verifier_type_de_lieu(type_saisi, dispositif is not None and dispositif.plateforme_requise)
        lu.lieu_type = TypeLieu(type_saisi)
    if lu.lieu_type is TypeLieu.FRANCE:
        _lire_france(lu, champs.get("code_postal", "").strip(), champs.get("ville", "").strip())
    elif lu.lieu_type is TypeLieu.ETRANGER:
        _lire_etranger(lu, champs.get("pays", "").strip(), champs.get("ville_etranger", "").strip())
    elif lu.lieu_type is TypeLieu.PLATEFORME and dispositif is not None:
        _lire_plateforme(lu, champs.get("plateforme_id", "").strip(), entite_id, dispositif, date_fin)
    return lu


def _lire_france(lu: LieuLu, code_postal: str, ville: str) -> None:
    if not code_postal:
        return
    with lu.fautes.recueillir():
        lu.code_postal = lire_code_postal(code_postal)
        seules = villes(lu.code_postal)
        # A postcode of one commune needs no more typing.
        ville = ville or (seules[0] if len(seules) == 1 else "")
        if ville:
            lieu, _ = verifier_lieu_france(code_postal, ville)
            lu.ville = lieu.ville
    if "code_postal" in lu.fautes.champs:
        lu.code_postal = None


def _lire_etranger(lu: LieuLu, pays: str, ville: str) -> None:
    if not pays and not ville:
        return
    try:
        lieu = verifier_lieu_etranger(pays, ville)
        lu.pays, lu.ville = lieu.pays, lieu.ville
    except SaisieInvalide as erreur:
        messages = dict(erreur.champs)
        if "ville" in messages:
            messages["ville_etranger"] = messages.pop("ville")
        # What is missing is accepted in a draft; what is wrong is not.
        saisis = {"pays": pays, "ville_etranger": ville}
        lu.fautes.champs |= {champ: m for champ, m in messages.items() if saisis[champ]}
        if pays and "pays" not in messages:
            lu.pays = pays.upper()
        if ville and "ville_etranger" not in messages:
            lu.ville = normaliser(ville)


def _lire_plateforme(
    lu: LieuLu, plateforme_id: str, entite_id: int, dispositif: Dispositif, date_fin: date | None
) -> None:
    plateformes = plateformes_de(entite_id, dispositif.id)
    offertes = plateformes if date_fin is None else lieux.plateformes_actives(plateformes, date_fin)
    if not plateforme_id and len(offertes) == 1:
        plateforme_id = str(offertes[0].id)
    if not plateforme_id:
        return
    with lu.fautes.recueillir():
        choisie = lieux.verifier_plateforme(_entier(plateforme_id), plateformes, date_fin)
        lu.plateforme_id, lu.code_postal, lu.ville = choisie.id, choisie.code_postal, choisie.ville


def _entier(texte: str) -> int | None:
    return int(texte) if texte.isascii() and texte.isdigit() and len(texte) < 10 else None
