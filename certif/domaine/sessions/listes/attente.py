"""Whose turn it is, in SQL: the conditions by which a session is "à traiter"."""

from datetime import date, timedelta

from sqlalchemy import ColumnElement, and_, or_, select

from certif.domaine.acteur import Acteur
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.declaration.vides import vide
from certif.domaine.sessions.droits.relais import declarant_parti, formateur_empeche
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import debut_du_jour

_EN_CHEMIN = tuple(etat for etat in Etat if etat is not Etat.GENERE)


def a_traiter_de(acteur: Acteur, jour: date) -> ColumnElement[bool]:
    """Condition that it is this actor's turn (the menu "À traiter")."""
    return or_(*tours_de(acteur, jour))


def tours_de(acteur: Acteur, jour: date) -> list[ColumnElement[bool]]:
    """The same, one condition for each index that finds its rows: none of them has a row of another."""
    s = SessionCertification
    # Nothing of a suspended entité's can be moved, only downloaded (R17).
    active = s.entite_id.not_in(select(Entite.id).where(Entite.suspendue_le <= jour))
    if acteur.est_formateur:
        return [and_(s.etat == Etat.VALIDATION_FORMATEUR, active, ~formateur_empeche(jour))]
    premier_genere = debut_du_jour(jour - timedelta(days=delais.JOURS_DE_TELECHARGEMENT))
    a_avancer = or_(
        and_(
            s.etat == Etat.SAISIE,
            ~vide(),
            or_(s.declarant_id == acteur.individu_id, s.retour_le.is_not(None), declarant_parti(jour)),
        ),
        formateur_empeche(jour),
        and_(s.etat == Etat.VALIDATION_ENTITE, s.date_fin <= jour),
        and_(s.etat == Etat.GENERATION, s.certificats_en_echec > 0),
    )
    return [
        # Those that are generated are by far the most: they are not even looked at.
        and_(s.etat.in_(_EN_CHEMIN), active, a_avancer),
        and_(s.a_telecharger(), s.genere_le >= premier_genere),
    ]
