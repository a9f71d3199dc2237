"""The sheet of a session: who was there each half-day, who succeeded, signed by all of them."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from certif.documents.de_session.dessin import Page
from certif.documents.de_session.entete import DonneesFeuille, EnTete, Inscrit
from certif.documents.de_session.maquette import Maquette
from certif.documents.de_session.styles import libelle, texte_de
from certif.documents.de_session.tableau import CASE, VIDE, Cellule, Colonne, Ligne, cellule, rang
from certif.documents.de_session.tete import (
    PAYSAGE,
    Champ,
    Fait,
    fait,
    habillage,
    hauteur_a_signer,
    hauteur_de,
    hauteur_utile,
    ranger_les_faits,
)
from certif.documents.rendu.coupes import Feuillet, Liste, Morceau, paginer
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.pages import FORT, colonne, en_nfc, jour, poser, textes

TITRE = "Feuille de session"
_POUR_SIGNER = 762 - 22 - 58 - 48 - 42
"""What the rank, the birth date and the two boxes leave to the name and the half-days."""
_EN_ENTIER = 85
"""Width from which a column says "demi-journée" in full."""
_A_REMPLIR = "…" * 24
_FAITS = (250, 172, 170, 170)
_TITRES = 32.0
"""Height of its headings: each half-day has its date to be written."""
_A_SIGNER: Sequence[Champ] = (
    Champ("Observations", 300),
    Champ("Fait à, le", 222),
    Champ("Le formateur, qui certifie les résultats (signature)", 240),
)


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
    return maquette_de_la_feuille(donnees).rendre()


def maquette_de_la_feuille(donnees: DonneesFeuille) -> Maquette:
    """Raises RenduImpossible."""
    d = en_nfc(donnees)
    e = d.entete
    titulaire = 200 if d.demi_journees <= 5 else 160
    demi = round((_POUR_SIGNER - titulaire) / d.demi_journees, 2)
    vide = Inscrit(nom="", prenom="", date_naissance=None)
    lignes = [_ligne(i, titulaire) for i in (*d.inscrits, *(vide for _ in range(d.vides)))]
    attendus = [t for ligne in lignes for t in textes((ligne.titulaire, ligne.naissance))]
    rangees = ranger_les_faits(_faits(e), 4)
    formateur = poser("formateur", [e.formateur], colonne(titulaire + 40))
    hauteur_formateur = hauteur_de(formateur) + 18
    avant = sum(r.hauteur for r in rangees)
    liste = Liste(avant, _TITRES, tuple(hauteur_de(ligne.titulaire) for ligne in lignes))
    cloture = hauteur_formateur + hauteur_a_signer(1)
    valeurs = habillage(e, TITRE, PAYSAGE, d.mention, 8) | {
        "titres": _TITRES,
        "rangees": rangees,
        "demi_journees": d.demi_journees,
        "largeurs": {"titulaire": titulaire, "demi": demi},
        "demi_journee": "demi-journée" if demi >= _EN_ENTIER else "demi-j.",
        "lignes": lignes,
        "formateur": formateur,
        "hauteur_formateur": hauteur_formateur,
        "pages": paginer([liste], Feuillet(hauteur_utile(PAYSAGE[1]), cloture, ample=30, serre=22)),
        "cloture": [_A_SIGNER],
    }
    colonnes = _colonnes(valeurs)
    vides = (VIDE,) * d.demi_journees

    def morceau(page: Page, m: Morceau, derniere: bool) -> None:
        rangs = enumerate(zip(m.hauteurs, lignes[m.debut :], strict=False), start=m.debut + 1)
        tracees = [Ligne(h, _cellules(ligne, n, d.demi_journees)) for n, (h, ligne) in rangs]
        if derniere:
            qui = Cellule((libelle("Formateur"), texte_de(formateur)), colonnes=2)
            tracees.append(Ligne(hauteur_formateur, (VIDE, qui, *vides, VIDE, VIDE)))
        page.tableau(colonnes, tracees)

    return Maquette(
        "feuille.html",
        d.emis_le,
        [*attendus, d.mention],
        valeurs,
        avant=lambda page: page.faits(rangees, _FAITS),
        morceau=morceau,
    )


def _colonnes(valeurs: dict[str, Any]) -> list[Colonne]:
    largeurs, mot = valeurs["largeurs"], valeurs["demi_journee"]
    return [
        Colonne(22, ""),
        Colonne(largeurs["titulaire"], "Stagiaire"),
        Colonne(58, "Né(e) le"),
        *(
            Colonne(
                largeurs["demi"], f"{n}{'re' if n == 1 else 'e'} {mot}", "le", filet=True, filet_du_titre=True
            )
            for n in range(1, valeurs["demi_journees"] + 1)
        ),
        Colonne(42, "Échec", centre=True, filet=True, filet_du_titre=True),
        Colonne(48, "Réussite", centre=True),
    ]


def _cellules(ligne: _Ligne, numero: int, demi_journees: int) -> tuple[Cellule, ...]:
    qui = rang(numero if ligne.inscrit else ""), cellule(ligne.titulaire, FORT), cellule(ligne.naissance)
    return *qui, *(VIDE,) * demi_journees, CASE, CASE


def _faits(e: EnTete) -> list[Fait]:
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
