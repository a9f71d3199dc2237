"""What a demande of another identity shows on either side: what is, beside what is wished."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from certif.domaine.demandes.etats import OUVERTES
from certif.domaine.demandes.identite import champ_d_ajout, champ_du_nom, deja_portes, souhait_de
from certif.domaine.demandes.modeles import Demande
from certif.domaine.entites.identites import Identite, identite_de
from certif.domaine.entites.noms_commerciaux import NOMBRE_MAX
from certif.domaine.entites.regles import presenter, siren
from certif.domaine.libelles.demandes import identite as textes
from certif.domaine.libelles.entites import identite
from certif.domaine.personnes.modeles import Entite


@dataclass(frozen=True, slots=True)
class Comparaison:
    """One value as it is and as it would be; `porteurs`: who has that name already; `change` or not."""

    champ: str
    libelle: str
    actuel: str
    souhaite: str
    change: bool
    porteurs: Sequence[str] = ()
    erreurs: Sequence[str] = ()


def nommer(e: Entite) -> str:
    """An entité told from those of the same name."""
    return identite.porteur(e.raison_sociale, siren(e.siret), e.ville)


def comparaisons(demande: Demande, erreurs: Mapping[str, Sequence[str]]) -> list[Comparaison]:
    """Every value of an open demande; of one that is over, only what it wished."""
    if demande.etat not in OUVERTES:
        return _souhaits(demande)
    actuelle, souhait = identite_de(demande.entite), souhait_de(demande)
    portes = deja_portes(souhait, demande.entite)
    actuelles = _valeurs(actuelle)
    return [
        Comparaison(
            champ,
            libelle,
            actuelles.get(champ, ""),
            presenter(voulue) if champ == "siret" else voulue,
            voulue != (actuelle.siret if champ == "siret" else actuelles.get(champ, "")),
            [nommer(e) for e in portes.get(champ, [])],
            erreurs.get(champ, ()),
        )
        for champ, libelle in _libelles(actuelle).items()
        for voulue in [souhait.champs.get(champ, "")]
    ]


def _valeurs(actuelle: Identite) -> dict[str, str]:
    noms = {champ_du_nom(nom_id): libelle for nom_id, libelle in actuelle.noms.items()}
    return {"raison_sociale": actuelle.raison_sociale, "siret": presenter(actuelle.siret), **noms}


def _libelles(actuelle: Identite) -> dict[str, str]:
    noms = {champ_du_nom(nom_id): textes.titre_d_un_nom(nom) for nom_id, nom in actuelle.noms.items()}
    ajouts = {
        champ_d_ajout(rang): textes.CHAMPS["nouveau_nom"] for rang in range(NOMBRE_MAX - len(actuelle.noms))
    }
    return {c: textes.CHAMPS[c] for c in ("raison_sociale", "siret")} | noms | ajouts


def _souhaits(demande: Demande) -> list[Comparaison]:
    voulus = [("raison_sociale", demande.raison_sociale), ("siret", presenter(demande.siret))]
    voulus += [("nom_commercial", nom.libelle) for nom in demande.noms if nom.libelle]
    return [Comparaison(champ, textes.CHAMPS[champ], "", valeur, True) for champ, valeur in voulus if valeur]
