"""The form of one stagiaire: what it shows, what it posts."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace

from flask import request, url_for

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, ErreurMetier, Introuvable, SaisieInvalide, VersionPerimee
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.sessions import entite, refus
from certif.domaine.libelles.typographie import francais
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie, stagiaire_de
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.presentation import saisie_possible
from certif.domaine.sessions.regles import inscription
from certif.domaine.temps import format_date
from certif.web.entiers import lire_entier

_AJOUTER = francais("Ajouter")
_TERMINER = francais("Terminer")
_CONSERVEE = francais("Votre saisie est conservée : vérifiez-la, puis recommencez.")


@dataclass(frozen=True, slots=True)
class FormulaireStagiaire:
    """What `templates/entite/_formulaire_stagiaire.html` reads.

    `conseil` is what to do of an `alerte`; `fait` says what was just added, `avertis` what is to be verified
    of it, and the form begins again, empty; `quitter` is the way out.
    """

    titre: str
    poste: str
    retour: str
    bouton: str
    version: int
    valeurs: IdentiteSaisie
    erreurs: Mapping[str, Sequence[str]]
    alerte: str
    changements: Sequence[str]
    conseil: str = _CONSERVEE
    fait: str = ""
    avertis: Sequence[str] = ()
    quitter: str = ecrans.ANNULER


def formulaire_d_ajout(
    session_certif: SessionCertification,
    acteur: Acteur,
    saisie: IdentiteSaisie | None = None,
    erreur: ErreurMetier | None = None,
    ajoute: IdentiteSaisie | None = None,
    avertis: Sequence[str] = (),
    suite: bool = False,
) -> FormulaireStagiaire:
    """« Nouveau stagiaire », with what was typed and why it was refused, or what was just added.

    `avertis`: what is to be verified of the one just added.

    `suite`: another was added before, there is nothing to cancel.

    Raises:
        ActionImpossible: the session cannot be filled in now.
    """
    fait = ""
    if ajoute is not None:
        garde = inscription.verifier_stagiaire(ajoute.nom, ajoute.prenom, None, un_seul_nom=ajoute.nom_unique)
        nom = inscription.affiche(garde)
        fait = entite.stagiaire_ajoute(nom, len(session_certif.stagiaires))
    poste = url_for("entite.ajouter", entite_id=session_certif.entite_id, numero=session_certif.numero)
    quitter = _TERMINER if fait or suite else ecrans.ANNULER
    nouveau, ajouter = ecrans.NOUVEAU_STAGIAIRE, _AJOUTER
    vierge = _formulaire(session_certif, acteur, nouveau, poste, ajouter, saisie, erreur)
    return replace(vierge, fait=fait, avertis=avertis, quitter=quitter)


def formulaire_de_correction(
    session_certif: SessionCertification,
    acteur: Acteur,
    stagiaire: Stagiaire,
    saisie: IdentiteSaisie | None = None,
    erreur: ErreurMetier | None = None,
) -> FormulaireStagiaire:
    """The same with what stands in the session.

    Raises:
        ActionImpossible: the session cannot be filled in now.
    """
    valeurs = saisie or IdentiteSaisie(
        stagiaire.nom,
        stagiaire.prenom,
        format_date(stagiaire.date_naissance) if stagiaire.date_naissance else "",
        nom_unique=not stagiaire.prenom,
    )
    poste = url_for(
        "entite.modifier",
        entite_id=session_certif.entite_id,
        numero=session_certif.numero,
        stagiaire_id=stagiaire.id,
    )
    titre = nom_affiche(stagiaire.nom, stagiaire.prenom)
    return _formulaire(session_certif, acteur, titre, poste, ecrans.ENREGISTRER, valeurs, erreur)


def formulaire_conserve(
    session_certif: SessionCertification,
    acteur: Acteur,
    stagiaire_id: int,
    saisie: IdentiteSaisie,
    erreur: ErreurMetier,
) -> FormulaireStagiaire:
    """A correction that was refused; of somebody who was removed meanwhile, what it takes to add them again.

    Raises:
        ActionImpossible: the session cannot be filled in now.
    """
    try:
        qui = stagiaire_de(session_certif, stagiaire_id)
    except Introuvable:
        nouveau = formulaire_d_ajout(session_certif, acteur, saisie, erreur)
        return replace(nouveau, alerte=refus.STAGIAIRE_RETIRE, conseil=refus.STAGIAIRE_A_REPRENDRE)
    return formulaire_de_correction(session_certif, acteur, qui, saisie, erreur)


def identite_postee() -> IdentiteSaisie:
    """What the form holds, as typed."""
    champs = request.form
    return IdentiteSaisie(
        champs.get("nom", ""),
        champs.get("prenom", ""),
        champs.get("date_naissance", ""),
        nom_unique=champs.get("nom_unique") == "1",
    )


def stagiaire_poste() -> int:
    """Which stagiaire the button of a row means.

    Raises:
        Introuvable: nobody's button posts that.
    """
    lu = lire_entier(request.form.get("stagiaire", ""))
    if lu is None:
        raise Introuvable
    return lu


def _formulaire(
    session_certif: SessionCertification,
    acteur: Acteur,
    titre: str,
    poste: str,
    bouton: str,
    valeurs: IdentiteSaisie | None,
    erreur: ErreurMetier | None,
) -> FormulaireStagiaire:
    if not saisie_possible(session_certif, acteur):
        raise ActionImpossible(entite.SAISIE_FERMEE)
    erreurs = erreur.champs if isinstance(erreur, SaisieInvalide) else {}
    return FormulaireStagiaire(
        titre=titre,
        poste=poste,
        retour=url_for("entite.stagiaires", entite_id=session_certif.entite_id, numero=session_certif.numero),
        bouton=bouton,
        version=session_certif.version,
        valeurs=valeurs or IdentiteSaisie(),
        erreurs=erreurs,
        alerte=erreur.message if isinstance(erreur, VersionPerimee) else "",
        changements=erreur.changements if isinstance(erreur, VersionPerimee) else [],
    )
