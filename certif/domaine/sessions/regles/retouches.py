"""R5, R12: what the formateur would have corrected, and whether it stands now; nothing else says so."""

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date
from typing import Protocol, TypeVar

from certif.domaine.erreurs import Refus, SaisieInvalide
from certif.domaine.libelles.sessions import refus
from certif.domaine.noms import cle, majuscules, normaliser, verifier_nom
from certif.domaine.sessions.regles import inscription
from certif.domaine.sessions.regles.inscription import Identite, Personne
from certif.domaine.sessions.valeurs import GenreProposition
from certif.domaine.temps import format_date

IDENTITE = ("nom", "prenom", "date_naissance")
"""The fields of a trainee that can be proposed, in the order of the screens."""
CHAMPS_DE_LA_SESSION = ("certificat", "lieu", "identification", "date_fin")
"""Those of the session: its value as shown, a date in ISO."""


class Proposition(Protocol):
    """One thing asked for: `nom`, `prenom` and `date_naissance` say whom, as they stood."""

    @property
    def genre(self) -> GenreProposition: ...
    @property
    def stagiaire_id(self) -> int | None: ...
    @property
    def nom(self) -> str: ...
    @property
    def prenom(self) -> str: ...
    @property
    def date_naissance(self) -> date | None: ...
    @property
    def champ(self) -> str: ...
    @property
    def valeur(self) -> str: ...


class Identifiee(Protocol):
    """Whoever has an identity."""

    @property
    def nom(self) -> str: ...
    @property
    def prenom(self) -> str: ...
    @property
    def date_naissance(self) -> date | None: ...


class Inscrit(Personne, Protocol):
    """A trainee who stands in the session."""

    @property
    def id(self) -> int: ...


S = TypeVar("S", bound=Inscrit)


@dataclass(frozen=True, slots=True)
class _Corrigee:
    """A trainee as the formateur would have them; `id` is theirs."""

    id: int
    nom: str
    prenom: str
    date_naissance: date | None
    cle_nom: str
    cle_prenom: str


def texte(personne: Identifiee, champ: str) -> str:
    """What stands in a field of their identity, a date in ISO; "" when nothing does."""
    valeur = getattr(personne, champ)
    return valeur.isoformat() if isinstance(valeur, date) else valeur or ""


def telle_quelle(stagiaire: Identifiee, nom: str, prenom: str, naissance: str) -> bool:
    """Whether a form was left as it was shown."""
    ne_le = stagiaire.date_naissance
    montree = format_date(ne_le) if ne_le else ""
    return (nom, prenom, naissance) == (stagiaire.nom, stagiaire.prenom, montree)


def meme_valeur(champ: str, une: str, autre: str) -> bool:
    """Whether both print alike: a nom is printed in capitals."""
    une, autre = normaliser(une), normaliser(autre)
    return majuscules(une) == majuscules(autre) if champ == "nom" else une == autre


def visee(proposition: Proposition, stagiaires: Iterable[S]) -> S | None:
    """The trainee whom it is about: the same row or, removed and put back, the same identity."""
    if proposition.stagiaire_id is not None:
        return next((s for s in stagiaires if s.id == proposition.stagiaire_id), None)
    identite = [texte(proposition, champ) for champ in IDENTITE]
    return next((s for s in stagiaires if [texte(s, champ) for champ in IDENTITE] == identite), None)


def faite(proposition: Proposition, stagiaires: Sequence[Inscrit], session: Mapping[str, str]) -> bool:
    """Whether what it asks for stands; `session` gives the fields of the session as shown."""
    p = proposition
    match p.genre:
        case GenreProposition.CORRIGER:
            stagiaire = visee(p, stagiaires)
            return stagiaire is None or meme_valeur(p.champ, texte(stagiaire, p.champ), p.valeur)
        case GenreProposition.AJOUTER:
            return any(
                (s.cle_nom, s.cle_prenom) == (cle(p.nom), cle(p.prenom))
                and p.date_naissance in (None, s.date_naissance)
                for s in stagiaires
            )
        case GenreProposition.RETIRER:
            return visee(p, stagiaires) is None
    return cle(session.get(p.champ, "")) == cle(p.valeur)


def corrigee(stagiaire: Inscrit, propositions: Iterable[Proposition]) -> Inscrit:
    """This trainee with every correction that is proposed; themselves when none is."""
    voulues = {
        p.champ: p.valeur
        for p in propositions
        if p.genre is GenreProposition.CORRIGER and visee(p, [stagiaire]) is stagiaire
    }
    if not voulues:
        return stagiaire
    valeurs = {champ: texte(stagiaire, champ) for champ in IDENTITE} | voulues
    ne_le = date.fromisoformat(valeurs["date_naissance"]) if valeurs["date_naissance"] else None
    nom, prenom = valeurs["nom"], valeurs["prenom"]
    return _Corrigee(stagiaire.id, nom, prenom, ne_le, cle(nom), cle(prenom))


def verifier_correction(
    stagiaire: Inscrit,
    saisie: tuple[str, str, str],
    autres: Sequence[Personne],
    formateur: Personne | None,
    date_fin: date | None,
    *,
    un_seul_nom: bool = False,
) -> dict[str, str]:
    """The fields of a typed identity (nom, prénom, birth date) that are not what stands, ready to be stored.

    A field left as it stands is not judged again: what entry has come to refuse since still prints (R12).

    Raises:
        SaisieInvalide: fields `nom`, `prenom`, `date_naissance`; the same person as one of `autres`, or as
            the formateur, on `nom`.
    """
    nom, prenom, naissance = saisie

    def lire(saisi: str, champ: str) -> str:
        tel_quel = texte(stagiaire, champ)
        return tel_quel if meme_valeur(champ, saisi, tel_quel) else verifier_nom(saisi, champ)

    identite: Identite = inscription.verifier_stagiaire(
        nom, prenom, naissance, date_fin, un_seul_nom=un_seul_nom, lire=lire
    )
    if identite.date_naissance is None:
        raise SaisieInvalide({"date_naissance": [refus.NAISSANCE_MANQUANTE]})
    changes = {
        champ: texte(identite, champ)
        for champ in IDENTITE
        if not meme_valeur(champ, texte(identite, champ), texte(stagiaire, champ))
    }
    if changes:
        inscription.verifier_nouveau(identite, autres, formateur)
    return changes


def verifier_acceptation(stagiaires: Sequence[Personne], formateur: Personne | None) -> None:
    """R12, once corrections are made: nobody twice, and not the formateur.

    Raises:
        Refus: naming them.
    """
    messages = [
        refus.stagiaire_formateur(inscription.affiche(s))
        for s in stagiaires
        if formateur is not None and inscription.meme_personne(s, formateur)
    ]
    if confondus := inscription.refus_des_confondus(stagiaires):
        messages.append(confondus)
    if messages:
        raise Refus(" ".join(messages), "R12")
