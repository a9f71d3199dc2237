"""The tags that let a certificate be read aloud: its texts, in the order of reading; the rest is drawing."""

import re
from collections.abc import Iterable, Iterator, Mapping

from certif.documents.certificat.places import LIBELLE
from certif.documents.erreurs import CHANGEMENT, RenduImpossible
from certif.documents.rendu.finition import sans_repli
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.objets import Objets

LIEN = "verification"
"""The text that is a link."""
_GENRES = {"titre": b"H1", LIEN: b"Link"}
_DIT = re.compile(rb"\((?:[^\\()]|\\.)*\)", re.DOTALL)
"""What a line says, which may look like anything."""
_POLICE = re.compile(rb"/F\d+\+\d+ [\d.]+ Tf")
_SOUS_ENSEMBLE = re.compile(rb"\+\d+ ")
_A_LA_LIGNE = b"  T* "
"""What the engine writes between two lines of a text."""
_TEXTE = re.compile(rb"^BT .* Tj.* ET$")
_DESSINE = re.compile(rb"(^|\s)(S|s|f|f\*|B|Do)$", re.MULTILINE)


def element(rang: int, dessin: bytes) -> bytes:
    """What draws the text of this rank, marked as such."""
    return b"/P <</MCID %d>> BDC\n%b\nEMC\n" % (rang, dessin)


def decoration(dessin: bytes) -> bytes:
    """What draws something that is not read."""
    return b"/Artifact BMC\n%b\nEMC\n" % dessin


def baliser(operateurs: bytes, blocs: Mapping[int, Bloc]) -> bytes:
    """Mark what the engine drew: after a blank line, these texts in their order, by their ranks.

    Raises:
        RenduImpossible: the engine drew more texts, or less.
    """
    sortie: list[bytes] = []
    textes = [(None, None), *blocs.items()]
    lus = 0
    for dessin, est_un_texte in _morceaux(sans_repli(operateurs)):
        rang, bloc = textes[lus] if est_un_texte and lus < len(textes) else (None, None)
        lus += est_un_texte
        if rang is not None and bloc is not None:
            sortie.append(element(rang, _avec_blancs(dessin, bloc)))
        elif _DESSINE.search(dessin):
            sortie.append(decoration(dessin))
        else:
            sortie.append(dessin + b"\n")
    if lus != len(textes):
        raise RenduImpossible(CHANGEMENT, f"{lus} texts")
    return b"".join(sortie)


def _avec_blancs(dessin: bytes, bloc: Bloc) -> bytes:
    """The same lines, each followed by the space that parts it from the next: it is read, and not seen."""
    lignes = dessin.split(_A_LA_LIGNE)
    if len(lignes) != len(bloc.lignes):
        raise RenduImpossible(CHANGEMENT, f"{len(lignes)} lines")
    police = b""
    for i, suivi in enumerate(bloc.blancs[:-1]):
        police = (_POLICE.findall(_DIT.sub(b"", lignes[i])) or [police])[-1]
        if suivi:
            premiere = _SOUS_ENSEMBLE.sub(b"+0 ", police)
            lignes[i] += b" ( ) Tj" if police == premiere else b" %b ( ) Tj %b" % (premiere, police)
    return _A_LA_LIGNE.join(lignes)


def _morceaux(operateurs: bytes) -> Iterator[tuple[bytes, bool]]:
    """The lines that draw a text, each by itself, and all that stands between them."""
    entre: list[bytes] = []
    for ligne in operateurs.split(b"\n"):
        if _TEXTE.match(ligne):
            yield b"\n".join(entre), False
            yield ligne, True
            entre = []
        else:
            entre.append(ligne)
    yield b"\n".join(entre), False


def ecrire_l_arbre(objets: Objets, noms: Iterable[str], page: int, lien: int) -> int:
    """Write the elements of these texts, with the numbers of their page and of the link; that of their root.

    In the tree of parents the page is 0 and the link is 1.
    """
    racine, document, parents = (objets.reserver() for _ in range(3))
    elements: list[int] = []
    marques: list[int] = []
    lies: list[int] = []
    for nom, rangs in _groupes(noms):
        enfants = b" ".join(b"%d" % rang for rang in rangs)
        if nom == LIEN:
            enfants += b" << /Type /OBJR /Obj %d 0 R >>" % lien
        elements.append(
            objets.ecrire(
                b"<< /S /%b /P %d 0 R /Pg %d 0 R /K [%b] >>"
                % (_GENRES.get(nom, b"P"), document, page, enfants)
            )
        )
        marques += elements[-1:] * len(rangs)
        lies += elements[-1:] if nom == LIEN else []
    par_lien = b" 1 " + _references(lies) if lies else b""
    objets.ecrire(b"<< /Nums [0 [%b]%b] >>" % (_references(marques), par_lien), parents)
    objets.ecrire(b"<< /S /Document /P %d 0 R /K [%b] >>" % (racine, _references(elements)), document)
    return objets.ecrire(
        b"<< /Type /StructTreeRoot /K %d 0 R /ParentTree %d 0 R /ParentTreeNextKey 2 >>"
        % (document, parents),
        racine,
    )


def _groupes(noms: Iterable[str]) -> Iterator[tuple[str, list[int]]]:
    """What is read together: a label and its value, else a text alone; with the ranks of each."""
    libelle: list[int] = []
    for rang, nom in enumerate(noms):
        if nom.startswith(LIBELLE):
            libelle = [rang]
        else:
            yield nom, [*libelle, rang]
            libelle = []


def _references(numeros: Iterable[int]) -> bytes:
    return b" ".join(b"%d 0 R" % numero for numero in numeros)
