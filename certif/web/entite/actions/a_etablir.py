"""What *Générer* is about to print, and for whom: read before nothing can be corrected any more."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass

from certif.documents.donnees import nom_commercial_de
from certif.domaine.libelles.certificats import dossier
from certif.domaine.libelles.ecrans import CHAMPS
from certif.domaine.libelles.sessions import resultats as textes
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.regles import validite
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.condense import condense_court

LUS_D_UN_COUP = 12
"""Beyond so many, names are folded until they are asked for."""


@dataclass(frozen=True, slots=True)
class Liste:
    """People and, beside each, what is worth saying of them; `titre` counts them."""

    titre: str
    personnes: Sequence[tuple[str, str]]

    @property
    def repliee(self) -> bool:
        return len(self.personnes) > LUS_D_UN_COUP


@dataclass(frozen=True, slots=True)
class AEtablir:
    """What all the certificates will say, label and value; who receives one, and who does not and why."""

    lignes: Sequence[tuple[str, str]]
    listes: Sequence[Liste]

    @property
    def empreinte(self) -> str:
        """The same as long as the same is said: names change without the session, which has the version."""
        return condense_court(asdict(self))


def a_etablir(s: SessionCertification) -> AEtablir:
    """Of a session that nothing keeps from being generated."""
    echoues = [stagiaire for stagiaire in s.stagiaires if stagiaire.resultat is Resultat.ECHEC]
    listes = (
        Liste(textes.reussites(len(s.reussites)), [_personne(stagiaire) for stagiaire in s.reussites]),
        Liste(textes.echecs(len(echoues)), [_personne(stagiaire) for stagiaire in echoues]),
    )
    return AEtablir(_lignes(s), [liste for liste in listes if liste.personnes])


def _lignes(s: SessionCertification) -> list[tuple[str, str]]:
    nom, entite, formateur = s.nom_commercial, s.entite.raison_sociale, s.formateur
    lignes = [
        (CHAMPS["certificat_id"], s.certificat.libelle if s.certificat else ""),
        (CHAMPS["lieu_type"], s.lieu),
        (CHAMPS["formateur_id"], nom_affiche(formateur.nom, formateur.prenom) if formateur else ""),
        ("Nom imprimé", f"{nom.libelle}, {nom_commercial_de(entite)}" if nom else entite),
        ("Validité", _validite(s)),
    ]
    return [(libelle, valeur) for libelle, valeur in lignes if valeur]


def _validite(s: SessionCertification) -> str:
    """R7."""
    if s.date_fin is None or s.certificat is None:
        return ""
    return dossier.validite(s.date_fin, validite.fin_validite(s.date_fin, s.certificat.mois_validite))


def _personne(stagiaire: Stagiaire) -> tuple[str, str]:
    motif = stagiaire.motif_echec
    return nom_affiche(stagiaire.nom, stagiaire.prenom), motif.libelle if motif else ""
