"""Register and journal of many lines: each criterion finds its rows by an index, none reads them all."""

from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import insert, select

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.modeles import LigneRegistre, StatutRegistre
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.statistiques import etudier
from certif.socle.horloge import maintenant
from tests.support.factories import un_acteur, une_entite
from tests.support.sampling import ampleur
from tests.support.statements import plans, requetes_et_valeurs
from tests.web.scene import Scene

pytestmark = [pytest.mark.taille(un_sur=2), pytest.mark.lent]

LIGNES, ENTITES, PAR_SESSION = ampleur(3_000, 50_000), 40, 10

REGISTRE = {
    "": "ix_registre_",
    "?du=01/03/2021&au=20/03/2021": "ix_registre_fin",
    "?statut=annule": "ix_registre_annule",
    "?entite=organisme+7": "ix_registre_entite",
    "?entite=organisme+7&statut=annule": "ix_registre_",
    "?page=9999": "ix_registre_",
    "?page=9-apres-X000000001000": "ix_registre_emis",
    "?page=9-avant-X000000001000": "ix_registre_emis",
}
JOURNAL = {
    "": "ix_journal_quand",
    "?acteur={acteur}": "ix_journal_acteur",
    "?objet=habilitation": "ix_journal_objet_quand",
    "?objet=habilitation&objet_id=7": "ix_journal_objet",
    "?objet_id=7": "ix_journal_objet",
    "?page=9-apres-1000": "ix_journal_quand",
    "?page=9-avant-1000": "ix_journal_quand",
}
"""By what is asked: the index by which SQLite finds it, on PostgreSQL any of the table."""


@pytest.fixture
def peuple(chaque_base: str, scene: Scene) -> Scene:
    numero = scene.session(Etat.GENERE)
    scene.dans(lambda: multiplier(numero, scene.troupe.gestionnaire.individu_id))
    return scene


def multiplier(numero: int, qui: int) -> None:
    """Lines of forty entités over ten years, one cancelled in thirty; of one actor in a hundred."""
    entites = [une_entite(f"ORGANISME {rang}").id for rang in range(ENTITES)]
    modele = db.session.scalars(select(LigneRegistre).filter_by(session_numero=numero)).first()
    assert modele is not None
    commune = {c.name: getattr(modele, c.name) for c in LigneRegistre.__table__.columns}
    premier = modele.date_fin.replace(year=2020, month=1, day=1)
    autre = un_acteur(TypeRole.GESTIONNAIRE, entites[0]).individu_id

    def ligne(rang: int) -> dict[str, Any]:
        session, fin = rang // PAR_SESSION, premier + timedelta(days=rang * 3_600 // LIGNES)
        annule = rang % 30 == 0
        return commune | {
            "numero": f"X{rang:012}",
            "session_numero": 1_000 + session,
            "entite_id": entites[session % ENTITES],
            "raison_sociale": f"ORGANISME {session % ENTITES}",
            "date_fin": fin,
            "statut": StatutRegistre.ANNULE if annule else StatutRegistre.DELIVRE,
            "annule_le": fin if annule else None,
            "empreinte_identite": f"e{rang}",
        }

    objets, debut = ("session", "entite", "individu", "demande", "habilitation"), maintenant()
    entrees = [
        {
            "quand": debut - timedelta(minutes=rang),
            "acteur_id": qui if rang % 100 == 0 else autre,
            "role": "gestionnaire",
            "action": "modifier",
            "objet": objets[4] if rang % 50 == 4 else objets[rang % 4],
            "objet_id": rang % 500,
        }
        for rang in range(LIGNES)
    ]
    for modele_de_ligne, lignes in ((LigneRegistre, map(ligne, range(LIGNES))), (EntreeJournal, entrees)):
        db.session.execute(insert(modele_de_ligne), list(lignes))
    db.session.commit()
    etudier()


def test_every_criterion_reads_an_index(peuple: Scene, chaque_base: str) -> None:
    admin = peuple.navigateur(peuple.troupe.administrateur)
    qui = peuple.troupe.gestionnaire.individu_id
    acteur = peuple.dans(lambda: db.session.get_one(Individu, qui).numero)
    for rubrique, table, attendus in (
        ("registre", LigneRegistre.__tablename__, REGISTRE),
        ("journal", EntreeJournal.__tablename__, JOURNAL),
    ):
        for demande, index in attendus.items():
            with requetes_et_valeurs() as vues:
                page = admin.get(f"/administration/{rubrique}{demande.format(acteur=acteur)}")
            assert page.status_code == 200
            # A count ends at ten thousand, wherever PostgreSQL finds them; but the rows have an order.
            ordonnees = not demande or demande.startswith("?page=") or chaque_base == "postgresql"
            marque = f"ORDER BY {table}." if ordonnees else f"FROM {table} WHERE"
            etapes = plans(peuple.app, [vue for vue in vues if "LIMIT" in vue[0]], marque)
            voulu = index if chaque_base == "sqlite" else f"ix_{table}_"
            assert etapes, (rubrique, demande)
            assert all(voulu in etape or "_autoindex_" in etape for etape in etapes), (demande, etapes)
            assert not any(f"Seq Scan on {table}" in etape for etape in etapes), (demande, etapes)
