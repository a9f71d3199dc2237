"""Trainees of a session in saisie: added, corrected, removed, and warnings answered (R12)."""

from dataclasses import asdict, dataclass

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import Introuvable, PartieIntrouvable
from certif.domaine.libelles.sessions.chronologie import AVERTISSEMENT_CONFIRME
from certif.domaine.libelles.sessions.refus import STAGIAIRE_ABSENT
from certif.domaine.sessions.declaration.avertissements import avertissements
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_annexes import AvertissementConfirme
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.regles import inscription
from certif.domaine.sessions.regles.inscription import Identite
from certif.domaine.sessions.regles.retouches import Identifiee
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction


@dataclass(frozen=True)
class IdentiteSaisie:
    """What was typed for one trainee, as typed; `rang` is the place of one who is put back, else None."""

    nom: str = ""
    prenom: str = ""
    date_naissance: str = ""
    nom_unique: bool = False
    rang: int | None = None


def identite_saisie(personne: Identifiee, rang: int | None = None) -> IdentiteSaisie:
    """Somebody's identity as it would be typed again."""
    return IdentiteSaisie(
        personne.nom,
        personne.prenom,
        personne.date_naissance.isoformat() if personne.date_naissance else "",
        nom_unique=not personne.prenom,
        rang=rang,
    )


def ajouter_stagiaire(acteur: Acteur, numero: int, version: int, saisie: IdentiteSaisie) -> None:
    """Add a trainee to the session, last in the order of entry, or back where they were.

    Raises:
        SaisieInvalide: a field is refused, or this person is already in the session.
    """
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, ["ajouter", str(saisie)])
        if session_certif is None:
            return
        identite = _lire(session_certif, saisie)
        rang = _faire_place(session_certif, saisie.rang)
        session_certif.stagiaires.append(Stagiaire(rang=rang, **asdict(identite)))
        conclure(
            session_certif,
            acteur,
            Action.ENREGISTRER,
            contenu=["ajouter", str(saisie)],
            details=["un stagiaire ajouté"],
        )


def modifier_stagiaire(
    acteur: Acteur, numero: int, version: int, stagiaire_id: int, saisie: IdentiteSaisie
) -> None:
    """Correct a trainee's identity; same refusals as when adding."""
    contenu = ["modifier", stagiaire_id, str(saisie)]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, contenu)
        if session_certif is None:
            return
        stagiaire = stagiaire_de(session_certif, stagiaire_id)
        for colonne, valeur in asdict(_lire(session_certif, saisie, sauf=stagiaire)).items():
            setattr(stagiaire, colonne, valeur)
        conclure(
            session_certif, acteur, Action.ENREGISTRER, contenu=contenu, details=["un stagiaire corrigé"]
        )


def retirer_stagiaire(acteur: Acteur, numero: int, version: int, stagiaire_id: int) -> IdentiteSaisie | None:
    """Remove a trainee and give back what "Rétablir" needs to add them again; None on a repeated click."""
    contenu = ["retirer", stagiaire_id]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, contenu)
        if session_certif is None:
            return None
        stagiaire = stagiaire_de(session_certif, stagiaire_id)
        retire = identite_saisie(stagiaire, stagiaire.rang)
        session_certif.stagiaires.remove(stagiaire)
        conclure(session_certif, acteur, Action.ENREGISTRER, contenu=contenu, details=["un stagiaire retiré"])
    return retire


def stagiaire_de(session_certif: SessionCertification, stagiaire_id: int) -> Stagiaire:
    """A trainee of this very session.

    Raises:
        Introuvable: no such trainee here.
    """
    for stagiaire in session_certif.stagiaires:
        if stagiaire.id == stagiaire_id:
            return stagiaire
    raise PartieIntrouvable(STAGIAIRE_ABSENT)


def _faire_place(session_certif: SessionCertification, rang: int | None) -> int:
    """Where the new one stands: last, or at a place that was theirs, whoever took it since."""
    rangs = [stagiaire.rang for stagiaire in session_certif.stagiaires]
    dernier = max(rangs, default=0) + 1
    if rang is None or not 0 < rang < dernier:
        return dernier
    if rang in rangs:
        for suivant in session_certif.stagiaires:
            suivant.rang += suivant.rang >= rang
    return rang


def _lire(
    session_certif: SessionCertification, saisie: IdentiteSaisie, sauf: Stagiaire | None = None
) -> Identite:
    identite = inscription.verifier_stagiaire(
        saisie.nom,
        saisie.prenom,
        saisie.date_naissance,
        session_certif.date_fin,
        un_seul_nom=saisie.nom_unique,
    )
    autres = [stagiaire for stagiaire in session_certif.stagiaires if stagiaire is not sauf]
    inscription.verifier_nouveau(identite, autres, session_certif.formateur)
    return identite


def confirmer(acteur: Acteur, numero: int, version: int, marque: str) -> None:
    """Answer the warning of this `marque`, for as long as what it judged stays as it is.

    Raises:
        Introuvable: nothing is warned of so in this session.
    """
    contenu = ["exact", marque]
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, contenu)
        if session_certif is None:
            return
        if marque not in {a.marque for a in avertissements(session_certif, acteur)}:
            raise Introuvable
        db.session.add(AvertissementConfirme(session_numero=numero, marque=marque))
        conclure(
            session_certif, acteur, Action.ENREGISTRER, contenu=contenu, details=[AVERTISSEMENT_CONFIRME]
        )
