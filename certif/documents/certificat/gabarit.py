"""Compiling: what the certificates of a session share is laid out once, and where the rest goes is learnt.

The layout engine prints one page: every text that all of them share (over the frame, see `cadre`), then
probes, one for each way in which a variable text can stand (its place, its size, its number of lines), then
every character that the variable texts need, so that the embedded fonts hold them all. The page is cut
before the probes, and what follows is read back: where each line begins, in which font, size and colour,
and which code draws each character. The probes are real texts of the session, and what `Pose` would write
for them must be what the engine wrote: a form whose probe is not reproduced is left out, and the engine
prints the certificates that need it.
"""

import secrets
from collections.abc import Sequence
from dataclasses import dataclass
from io import BytesIO

from pypdf import PdfReader
from reportlab.lib.rl_accel import fp_str

from certif.documents.certificat import certificat
from certif.documents.certificat.balises import baliser, decoration
from certif.documents.certificat.certificat import couleurs, imprimer
from certif.documents.certificat.commun import Commun, commencer
from certif.documents.certificat.composition import Composition
from certif.documents.certificat.lecture import Dessin, Lecteur, Ligne, couper
from certif.documents.certificat.places import COURANT
from certif.documents.erreurs import CHANGEMENT, RenduImpossible
from certif.documents.rendu import qr
from certif.documents.rendu.mise_en_page import Bloc, Cadre, largeur
from certif.documents.rendu.pages_lues import operateurs_de

Forme = tuple[str, float, int]
"""One way for a text to stand: its place, its size in points, its number of lines."""
Code = tuple[str, int]
"""What draws a character: a font resource and a byte."""

TEMOIN = "x"
"""Plain letters, and the space, are drawn by the first of the resources of a face."""
_TOLERANCE_PT = 0.001
_CORPS_ALPHABET = 10


@dataclass(frozen=True, slots=True)
class Pose:
    """Where one line of a form begins, and how it is drawn."""

    origine: tuple[float, float]
    largeur: float
    y: float
    corps: float
    couleur: tuple[float, ...]
    police: str
    centre: bool

    def x(self, texte: str) -> float:
        """Where this text begins from the origin: there, or so that it stands in the middle."""
        if not self.centre:
            return 0.0
        # Rounded as the engine rounds its own shift: the two must fall on the same pixels.
        return float(fp_str((self.largeur - largeur(texte, self.police, self.corps)) / 2))


@dataclass(frozen=True, slots=True)
class Gabarit:
    """What every certificate of a session begins with, and how the rest of each is written.

    `variables` are the texts that vary, with their ranks in the order of reading.
    """

    commun: Commun
    poses: dict[Forme, tuple[Pose, ...]]
    codes: dict[str, dict[str, Code]]
    variables: tuple[tuple[int, str], ...]
    dessin_qr: Dessin | None

    def poses_de(self, nom: str, bloc: Bloc) -> tuple[Pose, ...]:
        """Where the lines of this text go.

        Raises:
            RenduImpossible: no text of this form was compiled.
        """
        try:
            return self.poses[forme(nom, bloc)]
        except KeyError:
            raise RenduImpossible("Une disposition manque au gabarit préparé.", nom) from None


def forme(nom: str, bloc: Bloc) -> Forme:
    """The form of a text at its place."""
    return nom, bloc.corps, len(bloc.lignes)


def compiler(compositions: Sequence[Composition], logo: bytes | None) -> Gabarit:
    """Lay out once what these certificates, of one family and one entité, have in common.

    Raises:
        RenduImpossible: the engine fails, or no longer writes as expected.
    """
    communs = _communs(compositions)
    sondes = _sondes(compositions, communs)
    alphabets = _alphabets(compositions, communs)
    adresse = compositions[0].d.adresse_verification
    repere = secrets.token_hex(8)
    pdf = imprimer(
        Composition(compositions[0].d, communs),
        logo,
        cadre=None,
        sondes=[("libelle", _une_ligne(repere, COURANT)), *sondes.values(), *alphabets.values()],
        sonde_qr=qr.image(adresse, rangees=1) if adresse else None,
    )
    (page,) = PdfReader(BytesIO(pdf)).pages
    fond, suite_du_dessin = couper(operateurs_de(page), repere)
    lu = Lecteur(suite_du_dessin)
    lignes = lu.lignes[1:]
    nombre = sum(len(bloc.lignes) for _, bloc in sondes.values())
    if len(lignes) != nombre + len(alphabets):
        raise RenduImpossible(CHANGEMENT, f"{len(lignes)} lines")
    codes = _lire_les_codes(lignes[nombre:], alphabets)
    poses = _lire_les_poses(lignes[:nombre], sondes, codes)
    noms = tuple(compositions[0].blocs)
    dessins = (
        decoration(certificat.operateurs(*couleurs(compositions[0].d))),
        baliser(fond, {rang: communs[nom] for rang, nom in enumerate(noms) if nom in communs}),
    )
    return Gabarit(
        commun=commencer(page, dessins, noms),
        poses=poses,
        codes=codes,
        variables=tuple((rang, nom) for rang, nom in enumerate(noms) if nom not in communs),
        dessin_qr=_lire_le_qr(lu.dessins, adresse) if adresse else None,
    )


def _communs(compositions: Sequence[Composition]) -> dict[str, Bloc]:
    """The texts that are the same, at the same place, on all of them."""
    premiere = compositions[0].blocs
    autres = compositions[1:]
    return {nom: b for nom, b in premiere.items() if all(c.blocs.get(nom) == b for c in autres)}


def _sondes(compositions: Sequence[Composition], communs: dict[str, Bloc]) -> dict[Forme, tuple[str, Bloc]]:
    """One text of each form."""
    sondes: dict[Forme, tuple[str, Bloc]] = {}
    for composition in compositions:
        for nom, bloc in composition.blocs.items():
            if nom not in communs:
                sondes.setdefault(forme(nom, bloc), (nom, bloc))
    return sondes


def _alphabets(compositions: Sequence[Composition], communs: dict[str, Bloc]) -> dict[str, tuple[str, Bloc]]:
    """By face, one line of every character that the variable texts need."""
    lettres: dict[str, set[str]] = {}
    for composition in compositions:
        for nom, bloc in composition.blocs.items():
            if nom not in communs:
                lettres.setdefault(bloc.cadre.police, set()).update(*bloc.lignes)
    return {
        police: (f"alphabet-{police}", _une_ligne("".join(sorted(jeu - {" "} | {TEMOIN})), police))
        for police, jeu in sorted(lettres.items())
    }


def _une_ligne(texte: str, police: str) -> Bloc:
    large = largeur(texte, police, _CORPS_ALPHABET) + 10
    cadre = Cadre(10, 10, large, 20, police, _CORPS_ALPHABET, 1, 1, 1)
    return Bloc(cadre, texte, (texte,), _CORPS_ALPHABET)


def _lire_les_codes(
    lignes: Sequence[Ligne], alphabets: dict[str, tuple[str, Bloc]]
) -> dict[str, dict[str, Code]]:
    """Which code draws each character of each face: the line of its alphabet, character by character."""
    codes: dict[str, dict[str, Code]] = {}
    for ligne, (police, (_, bloc)) in zip(lignes, alphabets.items(), strict=True):
        dessines = [(ressource, octet) for ressource, octets in ligne.morceaux for octet in octets]
        if len(dessines) != len(bloc.lignes[0]):
            raise RenduImpossible(CHANGEMENT, f"alphabet {police}")
        codes[police] = dict(zip(bloc.lignes[0], dessines, strict=True))
        codes[police][" "] = (codes[police][TEMOIN][0], 32)
    return codes


def _lire_les_poses(
    lignes: Sequence[Ligne], sondes: dict[Forme, tuple[str, Bloc]], codes: dict[str, dict[str, Code]]
) -> dict[Forme, tuple[Pose, ...]]:
    """Where the lines of each form stand, once it is proved that we would have put them there."""
    restantes = iter(lignes)
    poses = {}
    for f, (_, bloc) in sondes.items():
        lues = [_pose(next(restantes), bloc, texte, codes) for texte in bloc.lignes]
        if all(lues):
            poses[f] = tuple(pose for pose in lues if pose)
    if sondes and not poses:
        raise RenduImpossible(CHANGEMENT, "no probe is reproduced")
    return poses


def _pose(ligne: Ligne, bloc: Bloc, texte: str, codes: dict[str, dict[str, Code]]) -> Pose | None:
    police = bloc.cadre.police
    pose = Pose(ligne.origine, bloc.largeur, ligne.y, ligne.corps, ligne.couleur, police, bloc.cadre.axe)
    place, attendue = (ligne.origine[0], ligne.x, ligne.corps), (bloc.gauche, pose.x(texte), bloc.corps)
    meme_place = all(abs(a - b) < _TOLERANCE_PT for a, b in zip(place, attendue, strict=True))
    return pose if meme_place and coder(texte, codes[police]) == ligne.morceaux else None


def coder(texte: str, codes: dict[str, Code]) -> list[tuple[str, bytes]]:
    """A text as the engine writes it: runs of codes, each in its font resource.

    Raises:
        RenduImpossible: the compiled fonts lack a character.
    """
    morceaux: list[tuple[str, bytearray]] = []
    for lettre in texte:
        try:
            ressource, octet = codes[lettre]
        except KeyError:
            raise RenduImpossible(
                "Un caractère manque aux polices préparées.", f"U+{ord(lettre):04X}"
            ) from None
        if not morceaux or morceaux[-1][0] != ressource:
            morceaux.append((ressource, bytearray()))
        morceaux[-1][1].append(octet)
    return [(ressource, bytes(octets)) for ressource, octets in morceaux]


def _lire_le_qr(dessins: Sequence[Dessin], adresse: str) -> Dessin:
    """How a code is drawn, once it is proved on its first row that we would draw the same strokes."""
    attendus = [(x, y + 0.5) for debut, fin, y in qr.traits(qr.matrice(adresse)[:1]) for x in (debut, fin)]
    if len(dessins) != 1 or dessins[0].points != attendus:
        raise RenduImpossible(CHANGEMENT, "QR code")
    return dessins[0]
