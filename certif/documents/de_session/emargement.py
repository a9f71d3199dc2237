"""The sheet of a session: who was there each half-day, who succeeded, signed by all of them."""

from dataclasses import dataclass

from certif.documents.de_session.entete import DonneesFeuille, EnTete, Inscrit
from certif.documents.de_session.tete import PAYSAGE, fait, pied, tete
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.pages import FORT, colonne, en_nfc, imprimer, jour, poser, textes

TITRE = "Feuille de session"
_POUR_SIGNER = 762 - 22 - 58 - 48 - 42
"""What the rank, the birth date and the two boxes leave to the name and the half-days."""
_A_REMPLIR = "…" * 24
_FAITS = (250, 172, 170, 170)


@dataclass(frozen=True, slots=True)
class _Ligne:
    titulaire: Bloc
    naissance: Bloc
    inscrit: bool


def rendre_feuille(donnees: DonneesFeuille) -> bytes:
    """The sheet, its head and its columns on every page.

    Raises:
        RenduImpossible: a text cannot be printed, or does not read back.
    """
    d = en_nfc(donnees)
    e, (largeur, hauteur) = d.entete, PAYSAGE
    titulaire = 200 if d.demi_journees <= 5 else 160
    vide = Inscrit(nom="", prenom="", date_naissance=None)
    lignes = [_ligne(i, titulaire) for i in (*d.inscrits, *(vide for _ in range(d.vides)))]
    attendus = [t for ligne in lignes for t in textes((ligne.titulaire, ligne.naissance))]
    return imprimer(
        "feuille.html",
        d.emis_le,
        [*attendus, d.mention],
        e=e,
        titre=TITRE,
        largeur=largeur,
        hauteur=hauteur,
        tete=tete(e, largeur),
        sous=pied(d.mention, largeur, 8),
        paires=_faits(e),
        demi_journees=d.demi_journees,
        largeurs={"titulaire": titulaire, "demi": round((_POUR_SIGNER - titulaire) / d.demi_journees, 2)},
        lignes=lignes,
        formateur=poser("formateur", [e.formateur], colonne(titulaire + 40, 9, FORT)),
    )


def _faits(e: EnTete) -> list[tuple[str, Bloc]]:
    faits = {
        "Certificat": e.certificat,
        "Identification": e.identification,
        "Lieu de formation": e.lieu,
        "Date de fin de session": jour(e.date_fin),
    }
    largeurs = (largeur - 10 for largeur in _FAITS)
    return [
        fait(quoi, texte or _A_REMPLIR, largeur)
        for (quoi, texte), largeur in zip(faits.items(), largeurs, strict=True)
    ]


def _ligne(inscrit: Inscrit, largeur: float) -> _Ligne:
    nom = [inscrit.nom, inscrit.prenom]
    return _Ligne(
        poser("stagiaire", nom, colonne(largeur - 10, 9, FORT, 72)),
        poser("naissance", [jour(inscrit.date_naissance)], colonne(50)),
        any(nom),
    )
