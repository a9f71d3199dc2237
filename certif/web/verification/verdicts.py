"""What the page says of a certificate, an identity or a file, in a word, a sentence and a shape."""

from dataclasses import dataclass, field

from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.certificats.registre.verification import EtatCertificat, FichierReconnu, ReponseIdentite
from certif.domaine.libelles.certificats import verification as textes
from certif.domaine.libelles.typographie import francais
from certif.domaine.sessions.regles.validite import Statut
from certif.domaine.temps import format_date

_CONTACT = francais("Contact de l'organisme")
_AUTRE_SORTE = francais("Document de session")
_DELIVRE_PAR = francais("Délivré par")
_HABILITATION = "Habilitation"


@dataclass(frozen=True, slots=True)
class Ligne:
    """A further answer, under the verdict; `genre`: oui, non or attention."""

    genre: str
    texte: str


@dataclass(frozen=True, slots=True)
class Verdict:
    """`genre` gives the colour and the shape: valide, expire, annule, inconnu, original or autre.

    `fiche`: name, value and a detail of it, line by line; empty when nothing is known.
    """

    genre: str
    phrase: str
    fiche: list[tuple[str, str, str]] = field(default_factory=list)
    lignes: list[Ligne] = field(default_factory=list)
    numero: str = ""

    @property
    def mot(self) -> str:
        """The verdict in a word."""
        return textes.MOTS[self.genre]


_IDENTITE = {
    ReponseIdentite.CORRESPOND: Ligne("oui", textes.CORRESPOND),
    ReponseIdentite.DIFFERE: Ligne("non", textes.DIFFERE),
    ReponseIdentite.EFFACEE: Ligne("attention", textes.IDENTITE_EFFACEE),
    ReponseIdentite.EN_PAUSE: Ligne("attention", textes.IDENTITE_EN_PAUSE),
}


def du_numero(etat: EtatCertificat | None, identite: ReponseIdentite | None = None) -> Verdict:
    """Of a number, and of the identity that was tried with it."""
    if etat is None:
        return Verdict("inconnu", textes.INCONNU)
    return _du_certificat(etat, [_IDENTITE[identite]] if identite else [])


def du_fichier(fichier: FichierReconnu | None) -> Verdict:
    """Of a file: the state of the certificate that it is comes first, even when the file is the original."""
    if fichier is None:
        return Verdict("autre", textes.PAS_L_ORIGINAL)
    if fichier.sorte == "certificat":
        return _du_certificat(fichier.etat, [Ligne("oui", textes.ORIGINAL)])
    phrase = textes.regroupe(fichier.regroupe) if fichier.regroupe else textes.ORIGINAL
    annules = [Ligne("attention", textes.annules_depuis(fichier.annules))] if fichier.annules else []
    sorte = textes.SORTES.get(fichier.sorte, _AUTRE_SORTE)
    return Verdict("original", phrase, [("Fichier", sorte, ""), *_fiche(fichier.etat)], annules)


def _du_certificat(etat: EtatCertificat, lignes: list[Ligne]) -> Verdict:
    if etat.fin_validite is None:
        validite = ("Validité", "Sans limite de durée", "")
    else:
        validite = ("Valable jusqu’au", format_date(etat.fin_validite), "")
    fiche = [("Numéro", presenter(etat.numero), ""), *_fiche(etat), validite]
    return Verdict(etat.statut.value, _phrase(etat), fiche, lignes, etat.numero)


def _phrase(etat: EtatCertificat) -> str:
    if etat.statut is Statut.ANNULE and etat.annule_le:
        return textes.annule(etat.annule_le, etat.emission.emetteur)
    if etat.statut is Statut.EXPIRE and etat.fin_validite:
        return textes.expire(etat.fin_validite)
    return textes.valide(etat.fin_validite)


def _fiche(etat: EtatCertificat) -> list[tuple[str, str, str]]:
    e = etat.emission
    # A telephone number stays on one line.
    moyens = ", ".join(moyen.replace(" ", "\u00a0") for moyen in etat.contact)
    contact = [(_CONTACT, moyens, "")] if moyens else []
    return [
        ("Certificat", e.titre.texte, e.precision_du_certificat),
        (_DELIVRE_PAR, e.delivre_par, e.precision_de_l_emetteur),
        *contact,
        (_HABILITATION, e.habilitation.texte, e.habilitation.devenu),
        ("Date de fin de session", format_date(etat.date_fin), ""),
    ]
