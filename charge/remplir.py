"""Fills an empty database: `python -m charge.remplir SESSIONS`, in the environment of the application.

The demonstration comes first, then one model session in each stable state, made by the very actions of users;
then entités, persons, and copies of the models.
"""

import os
import sys
import time
from collections.abc import Callable, Iterable, Iterator
from datetime import date, timedelta
from itertools import islice
from typing import Any, Literal

from sqlalchemy import Index, insert, select, text, update

from bench.donnees import Personne, personnes
from certif import create_app, demo, migration
from certif.config import Config
from certif.domaine.acces.hachage import hacher
from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, EmpreinteFichier, LigneRegistre
from certif.domaine.journal import EntreeJournal
from certif.domaine.noms import cle
from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO
from certif.domaine.personnes.modeles import Entite, Individu, MotEntite, MotIndividu, NomPris, Role
from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Stagiaire
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.statistiques import etudier
from certif.socle.horloge import aujourd_hui, maintenant
from charge.copies import table_de
from charge.copies_de_sessions import REMISE, Modeles, copier_les_sessions, numero_de_modele
from charge.taille import PREMIER_INDIVIDU, PREMIERE_ENTITE, Taille, delegataire, formateur, gestionnaire
from tests.support.factories import Organisme, un_organisme, une_session

STAGIAIRES = 10
LONGUES = (
    *(SessionCertification, Stagiaire, MotStagiaire, Evenement),
    *(CertificatEmis, LigneRegistre, EntreeJournal, MotIndividu),
)
"""Tables whose indexes are made once they are full."""
PAR_LOT = 10_000

_Lignes = dict[type[Any], list[dict[str, Any]]]
"""Rows by table."""


def main(taille: Taille) -> None:
    """Everything, with a line for each step."""
    depart = time.monotonic()

    def dire(texte: str) -> None:
        print(f"  {time.monotonic() - depart:4.0f} s  {texte}", file=sys.stderr, flush=True)

    app = create_app(Config.lire(os.environ))
    with app.app_context():
        migration.mettre_a_jour()
        stockage.preparer()
        remplir(taille, dire)


def remplir(taille: Taille, dire: Callable[[str], None]) -> None:
    """Fill the migrated database of the open application context, in which nothing is yet."""
    demo.charger()
    _alleger()
    organisme, modeles = creer_les_modeles()
    dire("démonstration et modèles")
    index = [index for modele in LONGUES for index in table_de(modele).indexes]
    _de_chacun(index, "drop")
    _remplir_les_entites(taille, organisme)
    dire(f"{taille.entites} entités")
    _remplir_les_individus(taille, organisme)
    dire(f"{taille.individus} individus")
    copier_les_sessions(taille, organisme, modeles, dire)
    _de_chacun(index, "create")
    _ranger()
    dire("index et statistiques")


def creer_les_modeles() -> tuple[Organisme, Modeles]:
    """One organisation, and its session in each stable state; one that is generated has its files."""
    organisme = un_organisme("ORGANISME MODÈLE")
    stables = (Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE, Etat.GENERE)
    hier = aujourd_hui() - timedelta(days=1)
    modeles: Modeles = {etat: _modele(organisme, etat) for etat in stables}
    modeles[REMISE] = _modele(organisme, Etat.GENERE, hier)
    db.session.get_one(SessionCertification, modeles[REMISE]).telecharge_le = maintenant()
    db.session.commit()
    return organisme, modeles


def _modele(organisme: Organisme, etat: Etat, date_fin: date | None = None) -> int:
    numero = une_session(organisme, etat, reussites=STAGIAIRES, date_fin=date_fin or aujourd_hui())
    if etat is Etat.VALIDATION_FORMATEUR:  # asked, and not yet answered
        for stagiaire in db.session.get_one(SessionCertification, numero).stagiaires:
            stagiaire.resultat = None
        db.session.commit()
    if etat is Etat.GENERE:
        for emis in db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)):
            copiable = numero_de_modele()
            for genre in (LigneRegistre, EmpreinteFichier):
                db.session.execute(update(genre).filter_by(numero=emis.numero).values(numero=copiable))
            emis.numero = copiable
        db.session.add(DossierSession(session_numero=numero, cle="dossier", sha256="0" * 64, taille=1))
        db.session.commit()
    return numero


def _remplir_les_entites(taille: Taille, modele: Organisme) -> None:
    """Each with its habilitation, which is what lets it certify."""
    habilitation = _valeurs(db.session.get_one(Habilitation, modele.habilitation_id))
    commune = _valeurs(db.session.get_one(Entite, modele.entite_id))
    lignes: _Lignes = {Entite: [], NomPris: [], MotEntite: [], Habilitation: []}
    for rang in range(taille.entites):
        identifiant, nom = PREMIERE_ENTITE + rang, f"ORGANISME {rang}"
        lignes[Entite].append(commune | {"id": identifiant, "raison_sociale": nom, "nom_confirme": nom})
        lignes[NomPris].append({"cle": cle(nom), "entite_id": identifiant, "admis": False})
        mots = ("organisme", str(rang), cle(nom))
        lignes[MotEntite] += [{"entite_id": identifiant, "mot": mot} for mot in mots]
        propre = {"id": identifiant, "numero": f"C-{rang}", "entite_id": identifiant}
        lignes[Habilitation].append(habilitation | propre)
    for genre, les_siennes in lignes.items():
        _inserer(genre, les_siennes)


def _remplir_les_individus(taille: Taille, modele: Organisme) -> None:
    """A gestionnaire and a délégataire for each entité; the others are formateurs."""
    commune = _valeurs(db.session.get_one(Individu, modele.formateur.individu_id)) | {"timbre": "charge"}
    secret = hacher(MOT_DE_PASSE_DEMO)
    qualification = {"niveau_id": modele.niveau_id, "debut": aujourd_hui().replace(year=2020, day=1)}
    qualification["fin"] = aujourd_hui().replace(year=2040, day=1)
    lignes: _Lignes = {Individu: [], MotIndividu: [], Role: [], Qualification: []}
    for rang, qui in enumerate(islice(personnes(graine=3), taille.individus)):
        identifiant, formateur_rang = PREMIER_INDIVIDU + rang, rang - 2 * taille.entites
        role, entite, email = _place(taille, rang)
        numero = f"{'FOR' if formateur_rang >= 0 else 'ENT'}{rang:05}"
        propre = {"id": identifiant, "numero": numero, "email": email, "mot_de_passe": secret}
        lignes[Individu].append(commune | propre | _identite(qui))
        trouve_par = {cle(qui.nom), cle(qui.prenom), cle(numero), cle(email)}
        lignes[MotIndividu] += [{"individu_id": identifiant, "mot": mot} for mot in trouve_par]
        lignes[Role].append({"individu_id": identifiant, "type": role, "entite_id": entite, "actif": True})
        if role is TypeRole.FORMATEUR:
            lignes[Qualification].append({"individu_id": identifiant, **qualification})
    for genre, les_siennes in lignes.items():
        _inserer(genre, les_siennes)


def _place(taille: Taille, rang: int) -> tuple[TypeRole, int | None, str]:
    """Role, entité and address of the person of this rank."""
    if rang < taille.entites:
        return TypeRole.GESTIONNAIRE, PREMIERE_ENTITE + rang, gestionnaire(rang)
    if rang < 2 * taille.entites:
        entite = rang - taille.entites
        return TypeRole.DELEGATAIRE, PREMIERE_ENTITE + entite, delegataire(entite)
    return TypeRole.FORMATEUR, None, formateur(rang - 2 * taille.entites)


def _identite(qui: Personne) -> dict[str, Any]:
    return {
        "nom": qui.nom,
        "prenom": qui.prenom,
        "cle_nom": cle(qui.nom),
        "cle_prenom": cle(qui.prenom),
        "date_naissance": qui.date_naissance,
    }


def _valeurs(objet: Any) -> dict[str, Any]:
    """Its columns, but the key that the database gives."""
    return {c.name: getattr(objet, c.name) for c in objet.__table__.columns if c.name != "id"}


def _inserer(genre: type[Any], lignes: list[dict[str, Any]]) -> None:
    for lot in _lots(lignes):
        db.session.execute(insert(table_de(genre)), lot)
    db.session.commit()


def _lots(lignes: list[dict[str, Any]]) -> Iterator[list[dict[str, Any]]]:
    return (lignes[debut : debut + PAR_LOT] for debut in range(0, len(lignes), PAR_LOT))


def _de_chacun(index: Iterable[Index], verbe: Literal["drop", "create"]) -> None:
    for un in index:
        getattr(un, verbe)(db.session.connection())
    db.session.commit()


def _alleger() -> None:
    """On the one connection that is used: every row leads to rows that are there, and may be lost."""
    db.session.remove()
    connexion = db.engine.raw_connection()
    curseur = connexion.cursor()
    if db.engine.dialect.name == "postgresql":
        curseur.execute("SET session_replication_role = replica")
        connexion.commit()
    else:
        for pragma in ("foreign_keys=OFF", "synchronous=OFF", "temp_store=MEMORY", "cache_size=-200000"):
            curseur.execute(f"PRAGMA {pragma}")
    connexion.close()


def _ranger() -> None:
    """As after some days of service: statistics, and on PostgreSQL nothing that is left to be tidied.

    There the next identifier follows those that were given, which is counted apart.
    """
    if db.engine.dialect.name == "postgresql":
        identifies = ((genre, "id") for genre in (Entite, Individu, Stagiaire, Habilitation))
        for genre, colonne in ((SessionCertification, "numero"), *identifies):
            nom = table_de(genre).name
            suite = f"pg_get_serial_sequence('{nom}', '{colonne}')"
            db.session.execute(text(f"SELECT setval({suite}, max({colonne})) FROM {nom}"))  # noqa: S608
        db.session.commit()
        with db.engine.connect().execution_options(isolation_level="AUTOCOMMIT") as connexion:
            connexion.exec_driver_sql("VACUUM")
    etudier()


if __name__ == "__main__":
    main(Taille(int(sys.argv[1])))
