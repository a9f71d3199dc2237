"""What the gestionnaires of an entité are told of its habilitations: rows, written with the change itself."""

from datetime import date

from sqlalchemy import select

from certif.domaine.acteur import TypeRole
from certif.domaine.comptes.lectures import en_cours
from certif.domaine.comptes.modeles import Individu, Role
from certif.domaine.courriers.actions import ecrire
from certif.domaine.libelles import habilitations as textes
from certif.domaine.libelles.courriers import corps
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.temps import format_date
from certif.socle.adresses import adresse
from certif.socle.extensions import db
from certif.socle.horloge import maintenant


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
    requete = (
        select(Role.individu_id)
        .join(Role.individu)
        .where(Role.type == TypeRole.GESTIONNAIRE, Role.entite_id == entite_id)
        .where(en_cours(Role), en_cours(Individu))
        .order_by(Role.individu_id)
    )
    return list(db.session.scalars(requete))
