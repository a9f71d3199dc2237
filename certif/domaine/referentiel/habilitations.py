"""Habilitations as the administrateur grants, corrects and ends them (R2), and what their entité is told.

Nothing here knows sessions: what a change would block is `sessions.consequences`.
"""

from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur, TypeRole, exiger_administrateur
from certif.domaine.courriers.actions import ecrire
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide
from certif.domaine.journal import consigner
from certif.domaine.libelles import saisie
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.referentiel import habilitations as textes
from certif.domaine.personnes.modeles import Entite, Role
from certif.domaine.personnes.titulaires import titulaires
from certif.domaine.referentiel import regles
from certif.domaine.referentiel.lectures import niveaux_a_certifier
from certif.domaine.referentiel.modeles import Habilitation, Niveau, Suspension
from certif.domaine.temps import format_date
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenir
from certif.socle.horloge import aujourd_hui, maintenant

OBJET = "habilitation"
_Noter = Callable[[str, dict[str, Any] | None, dict[str, Any] | None], None]


def numero_libre(base: str) -> str:
    """This number, followed by a rank when an habilitation already has it."""
    requete = select(Habilitation.numero).where(Habilitation.numero.startswith(base, autoescape=True))
    pris = set(db.session.scalars(requete))
    candidats = (base, *(f"{base}-{rang}" for rang in range(2, len(pris) + 3)))
    return next(numero for numero in candidats if numero not in pris)


def inscrire(
    acteur: Acteur, entite_id: int, niveau: Niveau, numero: str, debut: date, fin: date, **cause: int
) -> Habilitation:
    """Write a new habilitation and its line of journal, in the caller's transaction; `cause` goes with it.

    Raises:
        ActionImpossible: the dispositif is archived.
        SaisieInvalide: on `numero`: another one has it.
    """
    if niveau.dispositif.archive_le is not None:
        raise ActionImpossible(textes.DISPOSITIF_ARCHIVE)
    habilitation = Habilitation(numero=numero, entite_id=entite_id, niveau_id=niveau.id, debut=debut, fin=fin)
    db.session.add(habilitation)
    _ecrire_le_numero()
    apres = {"entite_id": entite_id, "niveau_id": niveau.id, "debut": debut.isoformat()}
    consigner(acteur, "creer", OBJET, habilitation.id, apres={**apres, "fin": fin.isoformat(), **cause})
    return habilitation


def accorder(acteur: Acteur, entite: Entite, niveau_id: str, numero: str, debut: date, fin: date) -> int:
    """Give the entité an habilitation that it did not ask for; its id. Without a number, a free one.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: on `niveau_id` (archived is one), `numero` or `fin`.
    """
    exiger_administrateur(acteur)
    regles.verifier_periode(debut, fin, aujourd_hui())
    lu = regles.lire_numero(numero) if numero.strip() else ""
    with transaction():
        niveau = next((n for n in niveaux_a_certifier() if str(n.id) == niveau_id), None)
        if niveau is None:
            raise SaisieInvalide({"niveau_id": [saisie.CHOIX_A_FAIRE]})
        lu = lu or numero_libre(f"H-{aujourd_hui().year}-E{entite.id:04}")
        habilitation = inscrire(acteur, entite.id, niveau, lu, debut, fin)
        annoncer(habilitation, "accordee")
        return habilitation.id


def prolonger(acteur: Acteur, habilitation: Habilitation, fin: date) -> None:
    """Put its last day further.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: it is withdrawn, or the dispositif is archived.
        SaisieInvalide: on `fin`.
    """
    with _modifier(acteur, habilitation) as (h, noter):
        if h.niveau.dispositif.archive_le is not None:
            raise ActionImpossible(textes.DISPOSITIF_ARCHIVE)
        regles.verifier_prolongation(h, fin, aujourd_hui())
        noter("prolonger", {"fin": h.fin.isoformat()}, {"fin": fin.isoformat()})
        h.fin = fin
        annoncer(h, "prolongee")


def corriger(acteur: Acteur, habilitation: Habilitation, numero: str, debut: date, fin: date) -> None:
    """Write the number and the days that it should have had; the same ones change nothing.

    Certificates that were generated keep the number that they print.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: it is withdrawn.
        SaisieInvalide: on `numero` (another one has it), `debut` or `fin`.
    """
    lu = regles.lire_numero(numero)
    with _modifier(acteur, habilitation) as (h, noter):
        regles.verifier_correction(h, h.suspensions, debut, fin)
        nouveau = {"numero": lu, "debut": debut.isoformat(), "fin": fin.isoformat()}
        avant = {"numero": h.numero, "debut": h.debut.isoformat(), "fin": h.fin.isoformat()}
        changes = [nom for nom, valeur in nouveau.items() if avant[nom] != valeur]
        if not changes:
            return
        h.numero, h.debut, h.fin = lu, debut, fin
        _ecrire_le_numero()
        noter("corriger", *({nom: etat[nom] for nom in changes} for etat in (avant, nouveau)))
        annoncer(h, "corrigee")


def suspendre(acteur: Acteur, habilitation: Habilitation, du: date, au: date | None) -> None:
    """From `du` to `au`, both included, it does not count; open without `au`; in the past as well.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: on `du` or `au`.
    """
    with _modifier(acteur, habilitation) as (h, noter):
        regles.verifier_suspension(h, h.suspensions, du, au)
        suspension = Suspension(debut=du, fin=au)
        h.suspensions.append(suspension)
        noter("suspendre", None, _jours(suspension))
        annoncer(h, "suspendue", periode=textes.periode(du, au))


def terminer_la_suspension(
    acteur: Acteur, habilitation: Habilitation, suspension_id: str, dernier_jour: date
) -> None:
    """Bring the end of a suspension forward; `dernier_jour` is still suspended.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: on `suspension_id` or `dernier_jour`.
    """
    with _modifier(acteur, habilitation) as (h, noter):
        suspension = _suspension(h, suspension_id)
        regles.verifier_fin_de_suspension(suspension, dernier_jour)
        avant = _jours(suspension)
        suspension.fin = dernier_jour
        noter("terminer_suspension", avant, _jours(suspension))
        annoncer(h, "reprise", dernier=dernier_jour)


def supprimer_la_suspension(acteur: Acteur, habilitation: Habilitation, suspension_id: str) -> None:
    """Forget a suspension that was recorded by error.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: on `suspension_id`.
    """
    with _modifier(acteur, habilitation) as (h, noter):
        suspension = _suspension(h, suspension_id)
        noter("supprimer_suspension", _jours(suspension), None)
        annoncer(h, "retablie", periode=textes.periode(suspension.debut, suspension.fin))
        db.session.delete(suspension)


def retirer(acteur: Acteur, habilitation: Habilitation, retrait_le: date) -> None:
    """From this day on, which may be past, it does not count.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: it is withdrawn already.
        SaisieInvalide: on `retrait_le`.
    """
    with _modifier(acteur, habilitation) as (h, noter):
        regles.verifier_retrait(h, retrait_le)
        h.retrait_le = retrait_le
        noter("retirer", {"retrait_le": None}, {"retrait_le": retrait_le.isoformat()})
        annoncer(h, "retiree", retrait=retrait_le)


def annuler_le_retrait(acteur: Acteur, habilitation: Habilitation) -> None:
    """It counts again until its last day.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: it is not withdrawn.
    """
    with _modifier(acteur, habilitation) as (h, noter):
        if h.retrait_le is None:
            raise ActionImpossible(textes.NON_RETIREE)
        noter("annuler_retrait", {"retrait_le": h.retrait_le.isoformat()}, {"retrait_le": None})
        h.retrait_le = None
        annoncer(h, "rendue")


def _ecrire_le_numero() -> None:
    try:
        db.session.flush()
    except IntegrityError as erreur:
        raise SaisieInvalide({"numero": [textes.NUMERO_PRIS]}) from erreur


@contextmanager
def _modifier(acteur: Acteur, habilitation: Habilitation) -> Iterator[tuple[Habilitation, _Noter]]:
    """The row as it is now, locked, and what writes a line of journal about it."""
    exiger_administrateur(acteur)
    identifiant = habilitation.id
    with transaction():
        requete = select(Habilitation).filter_by(id=identifiant)
        requete = tenir(requete, Habilitation)
        h = db.session.scalars(requete).one_or_none()
        if h is None:
            raise Introuvable
        yield h, lambda action, avant, apres: consigner(acteur, action, OBJET, h.id, avant=avant, apres=apres)


def _suspension(habilitation: Habilitation, suspension_id: str) -> Suspension:
    for suspension in habilitation.suspensions:
        if str(suspension.id) == suspension_id:
            return suspension
    raise SaisieInvalide({"suspension_id": [textes.SUSPENSION_INCONNUE]})


def _jours(suspension: Suspension) -> dict[str, str | None]:
    fin = suspension.fin.isoformat() if suspension.fin else None
    return {"debut": suspension.debut.isoformat(), "fin": fin}


def annoncer(habilitation: Habilitation, quoi: str, **valeurs: date | str) -> None:
    """Tell what happened (`libelles.habilitations.annonce`); said again later, it is another mail."""
    h = habilitation
    dites = {"debut": h.debut, "fin": h.fin, **valeurs}
    phrase = textes.annonce(
        quoi,
        niveau=h.niveau.libelle,
        numero=h.numero,
        **{nom: format_date(v) if isinstance(v, date) else v for nom, v in dites.items()},
    )
    evenement = f"habilitation-{h.id}-{quoi}-{maintenant():%Y%m%dT%H%M%S%f}"
    for individu_id in gestionnaires_de(h.entite_id):
        chemin = adresse(f"/entite/{h.entite_id}/habilitations")
        ecrire(evenement, individu_id, textes.sujet(quoi, h.niveau.libelle), corps(phrase, chemin))


def gestionnaires_de(entite_id: int) -> list[int]:
    """Those who act as gestionnaire of the entité today."""
    requete = titulaires(TypeRole.GESTIONNAIRE).where(Role.entite_id == entite_id)
    return list(db.session.scalars(requete.order_by(Role.individu_id)))
