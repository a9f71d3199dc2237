"""The platforms of an entité, declared and closed by the administrateur (R13)."""

from datetime import date

from sqlalchemy import select

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.erreurs import ActionImpossible, SaisieInvalide
from certif.domaine.geographie.communes import verifier_lieu_france
from certif.domaine.journal import consigner
from certif.domaine.libelles.referentiel import habilitations as textes
from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.lectures import plateformes_de
from certif.domaine.referentiel.modeles import Habilitation, Plateforme
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import attendre


def declarer(acteur: Acteur, habilitation: Habilitation, code_postal: str, ville: str, debut: date) -> int:
    """A platform of the habilitation's entité for its dispositif, from this day on; its id.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: the dispositif requires none.
        SaisieInvalide: on `code_postal` or `ville`; there already, for good, is one.
    """
    exiger_administrateur(acteur)
    lieu, _ = verifier_lieu_france(code_postal, ville)
    entite_id, identifiant = habilitation.entite_id, habilitation.id
    with transaction():
        dispositif = db.session.get_one(Habilitation, identifiant).niveau.dispositif
        if not dispositif.plateforme_requise:
            raise ActionImpossible(textes.SANS_PLATEFORME)
        attendre(select(Entite.id).filter_by(id=entite_id))
        for autre in plateformes_de(entite_id, dispositif.id):
            if (autre.code_postal, autre.ville) == (lieu.code_postal, lieu.ville) and autre.fin is None:
                raise SaisieInvalide({"ville": [textes.PLATEFORME_DEJA_LA]})
        plateforme = Plateforme(
            entite_id=entite_id,
            dispositif_id=dispositif.id,
            code_postal=lieu.code_postal,
            ville=lieu.ville,
            debut=debut,
        )
        db.session.add(plateforme)
        db.session.flush()
        _consigner(acteur, "declarer", plateforme, None)
        return plateforme.id


def fermer(acteur: Acteur, habilitation: Habilitation, plateforme_id: str, fin: date) -> None:
    """Its last day, included, which may be past; one that is closed already may be closed on another day.

    Raises:
        Introuvable: not an administrateur.
        SaisieInvalide: see `a_fermer`.
    """
    exiger_administrateur(acteur)
    with transaction():
        attendre(select(Entite.id).filter_by(id=habilitation.entite_id))
        plateforme = a_fermer(habilitation, plateforme_id, fin)
        avant, plateforme.fin = plateforme.fin, fin
        _consigner(acteur, "fermer", plateforme, {"fin": avant.isoformat() if avant else None})


def a_fermer(habilitation: Habilitation, plateforme_id: str, fin: date) -> Plateforme:
    """The platform of the habilitation's entité, for its dispositif, whose last day `fin` may be.

    Raises:
        SaisieInvalide: on `plateforme_id` or `fin`.
    """
    connues = plateformes_de(habilitation.entite_id, habilitation.niveau.dispositif_id)
    plateforme = next((p for p in connues if str(p.id) == plateforme_id), None)
    if plateforme is None:
        raise SaisieInvalide({"plateforme_id": [textes.PLATEFORME_INCONNUE]})
    if fin < plateforme.debut:
        raise SaisieInvalide({"fin": [textes.fermeture_avant_ouverture(plateforme.debut)]})
    return plateforme


def _consigner(
    acteur: Acteur, action: str, plateforme: Plateforme, avant: dict[str, str | None] | None
) -> None:
    apres = {
        "entite_id": plateforme.entite_id,
        "dispositif_id": plateforme.dispositif_id,
        "debut": plateforme.debut.isoformat(),
        "fin": plateforme.fin.isoformat() if plateforme.fin else None,
    }
    consigner(
        acteur,
        action,
        "plateforme",
        plateforme.id,
        avant=avant,
        apres=apres if avant is None else {"fin": apres["fin"]},
    )
