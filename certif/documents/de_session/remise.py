"""The hand-over list: who received which certificate, signed by each holder."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certif.documents.de_session.dessin import Page
from certif.documents.de_session.entete import EnTete
from certif.documents.de_session.maquette import Maquette
from certif.documents.de_session.styles import phrase_de
from certif.documents.de_session.tableau import VIDE, Cellule, Colonne, Ligne, cellule, rang
from certif.documents.de_session.tete import (
    PORTRAIT,
    TITRES,
    Champ,
    fait,
    habillage,
    hauteur_a_signer,
    hauteur_de,
    hauteur_utile,
    ranger_les_faits,
)
from certif.documents.donnees import DonneesCertificat
from certif.documents.rendu.coupes import Feuillet, Liste, Morceau, paginer
from certif.documents.rendu.coupes import Page as Feuille
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.pages import FORT, colonne, en_nfc, jour, poser, textes

TITRE = "Liste de remise des certificats"
_CONSIGNE = (
    "Chaque titulaire signe pour le certificat qu’il reçoit, après avoir vérifié son nom. "
    "Aucun duplicata ne sera délivré."
)


_FAITS = (263, 126, 126)
_COLONNES = (
    Colonne(24, ""),
    Colonne(150, "Titulaire"),
    Colonne(62, "Né(e) le"),
    Colonne(124, "Certificat n°"),
    Colonne(58, "Remis le", filet=True),
    Colonne(97, "Signature", filet=True),
)


@dataclass(frozen=True, slots=True)
class _Ligne:
    titulaire: Bloc
    naissance: Bloc
    numero: Bloc


def rendre_remise(e: EnTete, certificats: Sequence[DonneesCertificat], emis_le: date) -> bytes:
    """One row to sign per certificate, in the order given; the head comes again on each page.

    Raises:
        RenduImpossible: a text cannot be printed, or does not read back.
    """
    return maquette_de_la_remise(e, certificats, emis_le).rendre()


def maquette_de_la_remise(e: EnTete, certificats: Sequence[DonneesCertificat], emis_le: date) -> Maquette:
    """Raises RenduImpossible."""
    e, donnees = en_nfc(e), en_nfc(tuple(certificats))
    lignes = [_ligne(d) for d in donnees]
    phrase = poser("consigne", [_CONSIGNE], colonne(515, 9))
    faits = [
        fait("Certificat", e.certificat, 255),
        fait("Date de fin de session", jour(e.date_fin), 120),
        fait("Certificats à remettre", str(len(lignes)), 120),
    ]
    rangees = ranger_les_faits(faits, 3)
    valeurs = habillage(e, TITRE, PORTRAIT, f"{TITRE} – session n°{e.session_numero}") | {
        "rangees": rangees,
        "phrase": phrase,
        "lignes": lignes,
        "pages": _pages(lignes, sum(r.hauteur for r in rangees) + 12 + hauteur_de(phrase)),
        "cloture": [[Champ("Remis par (nom, qualité)", 257), Champ("Le", 120), Champ("Signature", 138)]],
    }

    def avant(page: Page) -> None:
        page.faits(rangees, _FAITS)
        page.paragraphe(phrase_de(phrase), 2, 8)

    def morceau(page: Page, m: Morceau, _: bool) -> None:
        ici = enumerate(zip(m.hauteurs, lignes[m.debut :], strict=False), start=m.debut + 1)
        page.tableau(_COLONNES, [Ligne(hauteur, (rang(n), *_cellules(ligne))) for n, (hauteur, ligne) in ici])

    attendus = [t for ligne in lignes for t in textes((ligne.titulaire, ligne.naissance, ligne.numero))]
    return Maquette("remise.html", emis_le, attendus, valeurs, avant, morceau)


def _cellules(ligne: _Ligne) -> tuple[Cellule, ...]:
    return cellule(ligne.titulaire, FORT), cellule(ligne.naissance), cellule(ligne.numero), VIDE, VIDE


def _pages(lignes: Sequence[_Ligne], avant: float) -> tuple[Feuille, ...]:
    hauteurs = tuple(hauteur_de(ligne.titulaire) for ligne in lignes)
    feuillet = Feuillet(hauteur_utile(PORTRAIT[1]), hauteur_a_signer(1), ample=34, serre=26)
    return paginer([Liste(avant, TITRES, hauteurs)], feuillet)


def _ligne(d: DonneesCertificat) -> _Ligne:
    return _Ligne(
        poser("titulaire", [d.nom, d.prenom], colonne(140, 9.5, FORT, 72)),
        poser("naissance", [jour(d.date_naissance)], colonne(52)),
        poser("numéro", [d.numero], colonne(114)),
    )
