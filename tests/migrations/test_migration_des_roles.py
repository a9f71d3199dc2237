"""Roles that a gestionnaire had given to persons without password become rows that wait for an answer."""

from datetime import UTC, datetime, timedelta
from typing import Any

import pytest
from flask_migrate import downgrade, upgrade
from sqlalchemy import insert, select

from certif.domaine.acces.modeles import LienCompte, SorteLien
from certif.domaine.acteur import TypeRole
from certif.domaine.journal import consigner
from certif.domaine.personnes.modeles import Role
from certif.domaine.roles.modeles import RolePropose
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from tests.support.factories import un_acteur, un_role, une_entite, une_personne

G, D, F, A = TypeRole


def donne(par: Any, individu_id: int, entite_id: int, type_: TypeRole = D) -> None:
    with transaction():
        apres = {"role": type_.value, "entite": entite_id, "actif": True, "fin_le": None}
        consigner(par, "donner_role", "individu", individu_id, apres=apres)


@pytest.mark.usefixtures("chaque_base", "contexte")
def test_only_what_a_gestionnaire_gave_and_nobody_took_up() -> None:
    marose = une_entite().id
    par = un_role(une_personne(mot_de_passe="x").id, G, marose)
    admin = un_acteur(A)
    venue = datetime(2026, 6, 1, 10, tzinfo=UTC)
    invitee, sans_lien = (une_personne(nom).id for nom in ("Invitée", "Sanslien"))
    venu = une_personne("Venu", mot_de_passe="x", derniere_connexion=venue).id
    par_l_admin, rendu = (une_personne(nom).id for nom in ("Nommée", "Rendue"))
    partie = une_personne("Partie").id
    formatrice = une_personne("Formatrice").id
    for qui in (invitee, sans_lien, venu, par_l_admin, rendu, formatrice):
        un_role(qui, D, marose)
    un_role(partie, D, marose, actif=False)
    un_role(formatrice, F)
    for qui in (invitee, sans_lien, venu, rendu, partie, formatrice):
        donne(par, qui, marose)
    for qui in (par_l_admin, rendu):
        donne(admin, qui, marose)
    expire = instant_reel() + timedelta(days=2)
    with transaction():
        lien = {"id": "a" * 64, "individu_id": invitee, "sorte": SorteLien.INVITATION, "entite_id": marose}
        db.session.execute(insert(LienCompte).values(**lien, cree_le=venue, expire_le=expire))
    db.session.remove()

    downgrade(revision="0009")
    upgrade()

    lus = {p.nom: p for p in db.session.scalars(select(RolePropose))}
    assert set(lus) == {"Invitée", "Sanslien", "Formatrice"}
    assert (lus["Invitée"].expire_le, lus["Invitée"].par_id) == (expire, par.individu_id)
    assert timedelta(days=6) < lus["Sanslien"].expire_le - instant_reel() <= timedelta(days=7)
    restent = {(r.individu_id, r.type): r.derniere_venue for r in db.session.scalars(select(Role))}
    for qui in (venu, par_l_admin, rendu, partie):
        assert (qui, D) in restent
    assert (formatrice, F) in restent and (formatrice, D) not in restent
    assert restent[venu, D] == venue
    assert db.session.scalar(select(LienCompte.individu_id)) == invitee  # it still opens the account
