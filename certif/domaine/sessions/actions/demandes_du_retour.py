"""What a retour asks for beside corrections: somebody more, somebody less, a field of the session (R5)."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from certif.domaine.dates import lire_date
from certif.domaine.erreurs import Fautes, PartieIntrouvable, SaisieInvalide
from certif.domaine.libelles.sessions.refus import STAGIAIRE_ABSENT
from certif.domaine.noms import cle
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Proposition
from certif.domaine.sessions.propositions import valeurs_de_la_session
from certif.domaine.sessions.regles import inscription, resultats
from certif.domaine.sessions.regles.inscription import Identite, Personne
from certif.domaine.sessions.valeurs import GenreProposition, Identification

VALEUR_MAX = 200
_VIDE = IdentiteSaisie()


@dataclass(frozen=True)
class Demandes:
    """As typed: whom to add, whom to take out by id, and by field what the session should say."""

    ajouts: Sequence[IdentiteSaisie] = ()
    retraits: frozenset[int] = frozenset()
    session: Mapping[str, str] = field(default_factory=dict)

    @property
    def contenu(self) -> list[object]:
        """The same for a repeated click, whatever the order of the form."""
        return [list(map(str, self.ajouts)), sorted(self.retraits), sorted(self.session.items())]


def demander(session_certif: SessionCertification, demandes: Demandes) -> tuple[int, dict[str, list[str]]]:
    """Write them down, in the caller's transaction: how many, and what is refused by field.

    The fields are `ajout-nom-1` and so on for the first to be added, `session-date_fin` and so on. What
    equals what stands asks for nothing.

    Raises:
        Introuvable: somebody to take out who is not of this session.
    """
    fautes = Fautes()
    voulues = [
        *_ajouts(session_certif, demandes.ajouts, fautes),
        *_retraits(session_certif, demandes.retraits),
        *_champs(session_certif, demandes.session, fautes),
    ]
    session_certif.propositions.extend(voulues)
    return len(voulues), fautes.champs


def _ajouts(
    session_certif: SessionCertification, saisies: Sequence[IdentiteSaisie], fautes: Fautes
) -> list[Proposition]:
    lus: list[Identite] = []
    for rang, saisie in enumerate(saisies, 1):
        if saisie == _VIDE:
            continue
        try:
            identite = inscription.verifier_stagiaire(
                saisie.nom,
                saisie.prenom,
                saisie.date_naissance,
                session_certif.date_fin,
                un_seul_nom=saisie.nom_unique,
            )
            deja: list[Personne] = [*session_certif.stagiaires, *lus]
            inscription.verifier_nouveau(identite, deja, session_certif.formateur)
        except SaisieInvalide as refus:
            fautes.champs |= {f"ajout-{champ}-{rang}": dits for champ, dits in refus.champs.items()}
        else:
            lus.append(identite)
    return [
        Proposition(
            genre=GenreProposition.AJOUTER, nom=i.nom, prenom=i.prenom, date_naissance=i.date_naissance
        )
        for i in lus
    ]


def _retraits(session_certif: SessionCertification, retraits: frozenset[int]) -> list[Proposition]:
    stagiaires = {stagiaire.id: stagiaire for stagiaire in session_certif.stagiaires}
    if not retraits <= stagiaires.keys():
        raise PartieIntrouvable(STAGIAIRE_ABSENT)
    return [
        Proposition(
            genre=GenreProposition.RETIRER,
            stagiaire_id=s.id,
            nom=s.nom,
            prenom=s.prenom,
            date_naissance=s.date_naissance,
        )
        for s in session_certif.stagiaires
        if s.id in retraits
    ]


def _champs(
    session_certif: SessionCertification, saisis: Mapping[str, str], fautes: Fautes
) -> list[Proposition]:
    actuelles = valeurs_de_la_session(session_certif)
    voulues = []
    for champ, actuelle in actuelles.items():
        texte = saisis.get(champ, "")
        if resultats.est_vide(texte):
            continue
        with fautes.recueillir():
            valeur = _valeur(champ, texte)
            if cle(valeur) != cle(actuelle):
                voulues.append(Proposition(genre=GenreProposition.SESSION, champ=champ, valeur=valeur))
    return voulues


def _valeur(champ: str, texte: str) -> str:
    """A field of the session as it is stored: its text as shown, a date in ISO."""
    nom = f"session-{champ}"
    if champ == "date_fin":
        return lire_date(texte, nom).isoformat()
    if champ == "identification":
        return Identification.libelle_de(texte) or resultats.verifier_commentaire(texte, nom, VALEUR_MAX)
    return " ".join(resultats.verifier_commentaire(texte, nom, VALEUR_MAX).split())
