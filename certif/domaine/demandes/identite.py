"""A demande of another identity: what is wished beside what is, and whether it can be (R16, R17).

Only differences are kept, so that what changes meanwhile is not undone: "" wishes no change of a raison
sociale or a SIRET; a trade name is renamed, added (it names none that exists), or taken out (no `libelle`).
"""

from collections.abc import Mapping
from dataclasses import dataclass

from sqlalchemy import select

from certif.domaine.demandes.modeles import Demande, NomSouhaite
from certif.domaine.entites.identites import Identite, identite_de
from certif.domaine.entites.mon_entite import RAISON_SOCIALE_MAX
from certif.domaine.entites.noms_commerciaux import LONGUEUR_MAX, NOMBRE_MAX
from certif.domaine.entites.noms_pris import porteurs
from certif.domaine.entites.regles import lire_siret, lire_texte
from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.libelles.demandes import identite as textes
from certif.domaine.libelles.entites.mon_entite import RAISON_SOCIALE_VIDE, SIRET_PRIS
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Entite
from certif.socle.base.extensions import db


@dataclass(frozen=True, slots=True)
class Souhait:
    """What would be: the libellé of each trade name that exists, "" to take it out, and those to add."""

    raison_sociale: str
    siret: str
    noms: Mapping[int, str]
    ajouts: tuple[str, ...] = ()

    @property
    def champs(self) -> dict[str, str]:
        """Every value under the name of its field."""
        noms = {champ_du_nom(nom_id): libelle for nom_id, libelle in self.noms.items()}
        ajouts = {champ_d_ajout(rang): libelle for rang, libelle in enumerate(self.ajouts)}
        return {"raison_sociale": self.raison_sociale, "siret": self.siret, **noms, **ajouts}

    @property
    def a_porter(self) -> dict[str, str]:
        """The names among them, by field."""
        return {champ: nom for champ, nom in self.champs.items() if champ != "siret" and nom}


def champ_du_nom(nom_id: int) -> str:
    """The field of a trade name that exists."""
    return f"nom_{nom_id}"


def champ_d_ajout(rang: int) -> str:
    """The field of a trade name to be added, counted from 0."""
    return f"ajout_{rang}"


def souhait_de(demande: Demande) -> Souhait:
    """What would be if it were accepted now."""
    actuelle = identite_de(demande.entite)
    renommes = {n.nom_commercial_id: n.libelle for n in demande.noms if n.nom_commercial_id is not None}
    return Souhait(
        demande.raison_sociale or actuelle.raison_sociale,
        demande.siret or actuelle.siret,
        {nom_id: renommes.get(nom_id, libelle) for nom_id, libelle in actuelle.noms.items()},
        tuple(n.libelle for n in demande.noms if n.nom_commercial_id is None and n.libelle),
    )


def lire(saisis: Mapping[str, str], entite: Entite) -> Souhait:
    """What was typed, as it would be stored; a field that was not posted wishes no change.

    Raises:
        SaisieInvalide: by field, what cannot be printed or can never be: a SIRET that another entité has, a
            name twice. A name that another entité has may be asked for: the administrateur decides.
    """
    actuelle = identite_de(entite)
    fautes = Fautes()
    lues = dict(Souhait(actuelle.raison_sociale, actuelle.siret, actuelle.noms).champs)
    places = [*lues, *(champ_d_ajout(rang) for rang in range(NOMBRE_MAX - len(actuelle.noms)))]
    for champ in places:
        if champ in saisis:
            with fautes.recueillir():
                lues[champ] = _lire_un(champ, saisis[champ], actuelle)
    noms = {nom_id: lues[champ_du_nom(nom_id)] for nom_id in actuelle.noms}
    ajouts = tuple(lues.get(champ, "") for champ in places if champ.startswith("ajout_"))
    souhait = Souhait(lues["raison_sociale"], lues["siret"], noms, ajouts)
    fautes.champs = {**impossibles(souhait, entite), **fautes.champs}
    fautes.lever()
    return souhait


def ecrire(demande: Demande, souhait: Souhait) -> list[str]:
    """Keep what differs from today; the names of the fields that were changed in the demande."""
    actuelle = identite_de(demande.entite)
    avant = souhait_de(demande)
    demande.raison_sociale = _si_autre(souhait.raison_sociale, actuelle.raison_sociale)
    demande.siret = _si_autre(souhait.siret, actuelle.siret)
    changes = [(nom_id, nom) for nom_id, nom in souhait.noms.items() if nom != actuelle.noms[nom_id]]
    demande.noms = [
        *(NomSouhaite(nom_commercial_id=nom_id, libelle=nom) for nom_id, nom in changes),
        *(NomSouhaite(libelle=nom) for nom in souhait.ajouts if nom),
    ]
    details = [c for c in ("raison_sociale", "siret") if getattr(avant, c) != getattr(souhait, c)]
    if (avant.noms, avant.ajouts) != (souhait.noms, tuple(filter(None, souhait.ajouts))):
        details.append("noms")
    return [textes.NOMS_DE_CHAMPS[champ] for champ in details]


def champs_souhaites(demande: Demande) -> list[str]:
    """The names of the fields that it wishes changed, whatever they are today."""
    noms = {"raison_sociale": demande.raison_sociale, "siret": demande.siret, "noms": demande.noms}
    return [textes.NOMS_DE_CHAMPS[champ] for champ, souhaite in noms.items() if souhaite]


def impossibles(souhait: Souhait, entite: Entite) -> dict[str, list[str]]:
    """What no administrateur can grant, by field: a SIRET of another entité, a name twice, too many names."""
    fautes = Fautes()
    pris = select(Entite.id).where(Entite.siret == souhait.siret, Entite.id != entite.id)
    if souhait.siret and db.session.scalar(pris) is not None:
        fautes.noter("siret", SIRET_PRIS)
    vues: set[str] = set()
    for champ, nom in souhait.a_porter.items():
        if cle(nom) in vues:
            fautes.noter(champ, textes.NOM_EN_DOUBLE)
        vues.add(cle(nom))
    if len(souhait.a_porter) - 1 > NOMBRE_MAX:
        fautes.noter(champ_d_ajout(0), textes.NOMBRE_ATTEINT)
    return fautes.champs


def deja_portes(souhait: Souhait, entite: Entite) -> dict[str, list[Entite]]:
    """The fields whose name another entité has, and which: the administrateur alone may admit them."""
    portes = porteurs(entite.id, list(souhait.a_porter.values()))
    return {champ: portes[nom] for champ, nom in souhait.a_porter.items() if nom in portes}


def manques(demande: Demande) -> dict[str, str]:
    """What stands in the way of transmitting it, by field, in the order of the screen."""
    souhait = souhait_de(demande)
    trouves = {champ: messages[0] for champ, messages in impossibles(souhait, demande.entite).items()}
    if not differe(souhait, identite_de(demande.entite)):
        trouves["raison_sociale"] = textes.RIEN_DE_SOUHAITE
    if not demande.pieces:
        trouves["pieces"] = textes.JUSTIFICATIF_MANQUANT
    return trouves


def differe(souhait: Souhait, actuelle: Identite) -> bool:
    """Whether anything would change."""
    valeurs = souhait.raison_sociale, souhait.siret, souhait.noms
    return any(souhait.ajouts) or valeurs != (actuelle.raison_sociale, actuelle.siret, actuelle.noms)


def _lire_un(champ: str, texte: str, actuelle: Identite) -> str:
    if champ == "raison_sociale":
        return lire_texte(texte, champ, RAISON_SOCIALE_MAX, vide=RAISON_SOCIALE_VIDE)
    if champ == "siret":
        lu = lire_siret(texte)
        if actuelle.siret and not lu:
            raise SaisieInvalide({champ: [textes.SIRET_A_GARDER]})
        return lu
    return lire_texte(texte, champ, LONGUEUR_MAX)


def _si_autre(voulue: str, actuelle: str) -> str:
    return "" if voulue == actuelle else voulue
