"""50,000 individus and 5,000 entités: as many queries as for a hundred, searched and ordered by indexes."""

import re
from typing import Any

import pytest
from sqlalchemy import String, cast, func, literal, select, true

from certif.domaine.acteur import TypeRole
from certif.domaine.noms import cle
from certif.domaine.personnes.modeles import Entite, Individu, MotEntite, MotIndividu, Role
from certif.socle.base.extensions import db
from certif.socle.base.statistiques import etudier
from charge.copies import copier, rangs, table_de
from tests.support.factories import identites
from tests.support.sampling import ampleur
from tests.support.statements import plans, requetes_et_valeurs
from tests.web.distribution import Monde, Navigateur

pytestmark = [pytest.mark.taille, pytest.mark.lent]

CENT, COPIES, ECART = 100, {Individu: ampleur(49, 499), Entite: ampleur(19, 49)}, 1_000
"""`ECART` keeps the identifiers of copies apart."""

NOMS = {Individu: ("numero", "nom", "cle_nom"), Entite: ("raison_sociale",)}
"""What a copy has of its own: its names begin with another letter."""

Demande = tuple[str, str]
"""An address of the administrateur's, and what is searched there ("": the list as it opens)."""

LISTES: tuple[Demande, ...] = (
    ("/administration/individus", ""),
    ("/administration/individus?role=formateur&tri=connexion&sens=desc", ""),
    ("/administration/individus?page=9999", ""),
    ("/administration/individus?page=9-apres-1050", ""),
    ("/administration/individus?page=9-avant-1050", ""),
    ("/administration/individus/recherche", "lef"),
    ("/administration/individus/recherche", "lefevre marie"),
    ("/administration/individus/recherche", "i42"),
    ("/administration/entites", ""),
    ("/administration/entites?tri=ville&page=9999", ""),
    ("/administration/entites?page=9-apres-1050", ""),
    ("/administration/entites?recherche=organisme+42", ""),
)

MOTS = {"/administration/individus": "ix_mot_individu_mot", "/administration/entites": "ix_mot_entite_mot"}
ORDRES = {
    "/administration/individus": ("SELECT individu.id FROM", "ix_individu_liste"),
    "/administration/entites": ("SELECT entite.id FROM entite", "ix_entite_raison_sociale"),
}
"""Lists as they open, and by key: what asks for their keys, and the index that gives their order."""


@pytest.fixture
def peuple(chaque_base: str, monde: Monde) -> Monde:
    """A hundred persons, half of them formateurs, and a hundred entités."""
    with monde.app.app_context():
        for rang, (nom, prenom, naissance) in enumerate(identites(CENT)):
            individu = Individu(
                id=ECART + rang,
                numero=f"I{rang:02}",
                nom=nom,
                prenom=prenom,
                cle_nom=cle(nom),
                cle_prenom=cle(prenom),
                date_naissance=naissance,
                timbre="t",
            )
            if rang % 2:
                individu.roles.append(Role(type=TypeRole.FORMATEUR))
            entite = Entite(id=ECART + rang, raison_sociale=f"ORGANISME {rang}", ville="VALENCE")
            db.session.add_all((individu, entite))
        db.session.commit()
    return monde


def multiplier(monde: Monde) -> None:
    """Copies of each, with the words that find them: a statement a table."""
    mots = {Individu: (MotIndividu, "individu_id"), Entite: (MotEntite, "entite_id")}
    with monde.app.app_context():
        for modele, combien in COPIES.items():
            n = rangs(combien)
            decalage = n.c.n * ECART
            table = table_de(modele)
            marque = literal("x") + cast(n.c.n, String)
            noms = {c: marque + table.c[c] for c in NOMS[modele]}
            ids = {"id": table.c.id + decalage}
            copier(modele, ids | noms, table.join(n, true()), table.c.id >= ECART)
            mot, clef = mots[modele]
            de = table_de(mot)
            changees = {clef: de.c[clef] + decalage, "mot": marque + de.c.mot}
            copier(mot, changees, de.join(n, true()), de.c[clef] >= ECART)
        roles = table_de(Role)
        n = rangs(COPIES[Individu])
        ids = {"id": roles.c.id + n.c.n * ECART, "individu_id": roles.c.individu_id + n.c.n * ECART}
        copier(Role, ids, roles.join(n, true()), roles.c.individu_id >= ECART)
        db.session.commit()
        etudier()
        totaux = [db.session.scalar(select(func.count()).select_from(modele)) or 0 for modele in COPIES]
    assert totaux[0] >= ampleur(5_000, 50_000) and totaux[1] >= ampleur(2_000, 5_000)


def lire(monde: Monde, admin: Navigateur, demande: Demande) -> list[tuple[str, Any]]:
    adresse, recherche = demande
    with requetes_et_valeurs() as vues:
        page = admin.post(adresse, {"recherche": recherche}) if recherche else admin.get(adresse)
    assert page.status_code == 200, adresse
    return vues


def test_long_lists_cost_the_same_and_their_searches_read_an_index(
    peuple: Monde, chaque_base: str, navigateur: Navigateur
) -> None:
    navigateur.connecter("admin")
    peu = [len(lire(peuple, navigateur, demande)) for demande in LISTES]
    multiplier(peuple)
    beaucoup = [lire(peuple, navigateur, demande) for demande in LISTES]
    assert [len(vues) for vues in beaucoup] == peu
    for (adresse, recherche), lues in zip(LISTES, beaucoup, strict=True):
        # Rows are read by their keys, once those are known.
        vues = [(ordre, valeurs) for ordre, valeurs in lues if "LIMIT" in ordre]
        rubrique = adresse.split("?")[0].removesuffix("/recherche")
        if recherche or "recherche=" in adresse:
            etapes, index = plans(peuple.app, vues, " mot_"), MOTS[rubrique]
        elif adresse == rubrique or re.search(r"\?page=9-(apres|avant)-", adresse):
            etapes, index = plans(peuple.app, vues, ORDRES[rubrique][0]), ORDRES[rubrique][1]
        elif "role=formateur" in adresse:
            # Who is one is told person by person: nobody makes a list of them all.
            assert not any("LIST SUBQUERY" in etape for etape in plans(peuple.app, vues, "individu")), adresse
            continue
        else:
            continue
        assert etapes and all(index in etape for etape in etapes), (adresse, recherche, etapes)
