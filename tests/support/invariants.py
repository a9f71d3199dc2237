"""What must hold after any fault, once healed: I1 to I9 of the design, on the database and the store."""

import zipfile
from collections.abc import Sequence
from hashlib import sha256
from io import BytesIO
from itertools import pairwise
from pathlib import Path
from typing import Any

from sqlalchemy import func, select

from certif.config import Config
from certif.domaine.certificats.modeles import (
    CertificatEmis,
    DossierSession,
    EmpreinteFichier,
    EtatEmission,
    LigneRegistre,
    StatutRegistre,
)
from certif.domaine.certificats.production.archive import reconstituer
from certif.domaine.certificats.production.certificats import produire
from certif.domaine.certificats.production.dossier import produire as produire_dossier
from certif.domaine.certificats.production.fichiers import balayer
from certif.domaine.certificats.production.reconciliation import (
    archives_a_reconstituer,
    dossiers_a_reprendre,
    sessions_a_reprendre,
)
from certif.domaine.certificats.remise.modeles import CodeDeRemise
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.demandes.modeles import PieceJointe
from certif.domaine.sessions.etats import MOUVEMENTS, Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import stockage
from certif.socle.base.extensions import db


def verifier(config: Config, *, dossiers: bool = False) -> None:
    """Check every invariant in the open application context, once everything is healed.

    `dossiers`: those too have had the time to be made; else one that nobody began is no fault.
    """
    db.session.rollback()
    sessions = db.session.scalars(select(SessionCertification)).all()
    _numeros_uniques()
    for session_certif in sessions:
        _mouvements(session_certif)
        if session_certif.etat is Etat.GENERE:
            _generee(session_certif)
        elif session_certif.etat is Etat.GENERATION:
            _arret_visible(session_certif)
        else:
            assert not _emis(session_certif.numero), "certificates of a session that is not generated"
    assert not sessions_a_reprendre() + archives_a_reconstituer(), "I5: something still waits"
    assert not dossiers or not dossiers_a_reprendre(), "I5: a dossier still waits"
    _codes_de_remise()
    _objets(config)
    _courriers()
    _rien_ne_change([s.numero for s in sessions], config)


def _codes_de_remise() -> None:
    """None outlives what it opens, none is there before it."""
    etats = select(SessionCertification.etat).join(CertificatEmis).join(CodeDeRemise)
    assert set(db.session.scalars(etats)) <= {Etat.GENERE}, "a code of a session that is not generated"


def empreinte_de_la_base() -> str:
    """Digest of every row of every table, but for when a login last came into the space of an entité."""
    db.session.rollback()
    lignes = []
    for table in db.metadata.sorted_tables:
        colonnes = [c for c in table.columns if c.name != "derniere_venue"]
        lues = sorted(map(str, db.session.execute(select(*colonnes))))
        lignes += [f"{table.name}: {ligne}" for ligne in lues]
    db.session.rollback()
    return sha256("\n".join(lignes).encode()).hexdigest()


def _numeros_uniques() -> None:
    registre = list(db.session.scalars(select(LigneRegistre.numero)))
    assert len(registre) == len(set(registre)), "I1"
    assert set(db.session.scalars(select(CertificatEmis.numero))) <= set(registre), (
        "I1: number out of nowhere"
    )


def _generee(session_certif: SessionCertification) -> None:
    numero = session_certif.numero
    tous = _emis(numero)
    assert all(c.etat is EtatEmission.PRODUIT for c in tous), "I2"
    emis = [c for c in tous if c.cle_objet is not None]
    assert {c.numero for c in emis} == _au_registre(numero, StatutRegistre.DELIVRE), "I2: rows and register"
    retires = {c.numero for c in tous if c.cle_objet is None}
    assert retires == _au_registre(numero, StatutRegistre.ANNULE), "I2: withdrawn rows and register"
    contenus = {c.nom_fichier: stockage.lire(_texte(c.cle_objet)) for c in emis}
    assert all(sha256(contenus[c.nom_fichier]).hexdigest() == c.sha256 for c in emis), "I6"
    _archive(session_certif, contenus, {_texte(c.sha256) for c in tous}, refaite=bool(retires))
    reussites = [s.id for s in session_certif.stagiaires if s.resultat is Resultat.REUSSITE]
    assert sorted(c.stagiaire_id for c in tous) == sorted(reussites), "I3"
    raison_sociale = session_certif.entite.raison_sociale
    assert all(c.donnees["entite"] == raison_sociale for c in tous), "I8"
    assert session_certif.certificats_produits == session_certif.certificats_total == len(emis)


def _archive(
    session_certif: SessionCertification, contenus: dict[str, bytes], certificats: set[str], *, refaite: bool
) -> None:
    """The zip holds what is in force; the hashes of before stay known, where something was cancelled."""
    courantes = certificats | _dossier(session_certif.numero)
    if contenus:
        archive = stockage.lire(_texte(session_certif.zip_cle))
        courantes.add(sha256(archive).hexdigest())
        assert sha256(archive).hexdigest() == session_certif.zip_sha256, "I6"
        with zipfile.ZipFile(BytesIO(archive)) as zip_:
            assert sorted(zip_.namelist()) == sorted(contenus), "I2: zip entries"
            assert all(zip_.read(nom) == octets for nom, octets in contenus.items()), "I2: zip contents"
    else:
        assert session_certif.zip_cle is session_certif.zip_sha256 is None, "I2: a zip of nothing"
    requete = select(EmpreinteFichier).filter_by(session_numero=session_certif.numero)
    connues = {e.sha256: e.sorte for e in db.session.scalars(requete)}
    assert courantes <= connues.keys(), "I6: hashes in the register"
    anciennes = connues.keys() - courantes
    assert refaite or not anciennes, "I6: hashes of files that were never issued"
    assert "certificat" not in {connues[ancienne] for ancienne in anciennes}, "I6"


def _au_registre(numero: int, statut: StatutRegistre) -> set[str]:
    requete = select(LigneRegistre.numero).filter_by(session_numero=numero, statut=statut)
    return set(db.session.scalars(requete))


def _dossier(numero: int) -> set[str]:
    """The hashes of a dossier that is made; one that failed for good says why (I5)."""
    ligne = db.session.get(DossierSession, numero)
    if ligne is None or ligne.sha256 is None:
        assert ligne is None or not ligne.rate or ligne.cause, "I5: failed without a visible cause"
        return set()
    octets = stockage.lire(_texte(ligne.cle))
    assert (sha256(octets).hexdigest(), len(octets)) == (ligne.sha256, ligne.taille), "I6"
    with zipfile.ZipFile(BytesIO(octets)) as zip_:
        pdfs = [zip_.read(nom) for nom in zip_.namelist() if nom.endswith(".pdf")]
    return {sha256(piece).hexdigest() for piece in (octets, *pdfs)}


def _arret_visible(session_certif: SessionCertification) -> None:
    emis = _emis(session_certif.numero)
    rates = [c for c in emis if c.etat is EtatEmission.ECHEC]
    assert rates and all(c.cause for c in rates), "I5: stopped without a visible cause"
    assert all(c.etat in (EtatEmission.ECHEC, EtatEmission.PRODUIT) for c in emis), "I5"
    assert session_certif.certificats_en_echec == len(rates)


def _mouvements(session_certif: SessionCertification) -> None:
    table = {(m.de, m.action.value, m.vers) for m in MOUVEMENTS}
    evenements: Sequence[Evenement] = session_certif.evenements
    for avant, apres in pairwise(evenements):
        assert avant.vers is apres.de and avant.version_avant < apres.version_avant, "I4: broken chain"
    assert all((e.de, e.action, e.vers) in table for e in evenements), "I4: a move out of the table"
    if evenements:
        assert evenements[-1].vers is session_certif.etat, "I4: a move without its line"


def _objets(config: Config) -> None:
    attendus = set(
        db.session.scalars(select(CertificatEmis.cle_objet).where(CertificatEmis.cle_objet.is_not(None)))
    )
    attendus |= set(
        db.session.scalars(
            select(SessionCertification.zip_cle).where(SessionCertification.zip_cle.is_not(None))
        )
    )
    attendus |= set(db.session.scalars(select(DossierSession.cle).where(DossierSession.cle.is_not(None))))
    attendus |= set(db.session.scalars(select(PieceJointe.cle)))
    assert set(stockage.lister()) == attendus, "I6: orphans or missing files"
    if isinstance(config.stockage, Path):
        fichiers = [f for f in config.stockage.rglob("*") if f.is_file() and f.name != stockage.TEMOIN]
        assert len(fichiers) == len(attendus), "I6: pieces of interrupted writings"


def _courriers() -> None:
    groupes = (
        select(func.count())
        .select_from(Courrier)
        .group_by(Courrier.evenement, Courrier.destinataire_id)
        .having(func.count() > 1)
    )
    assert db.session.scalars(groupes).all() == [], "I7"


def _rien_ne_change(numeros: Sequence[int], config: Config) -> None:
    avant = empreinte_de_la_base()
    a_faire = dossiers_a_reprendre()
    for numero in numeros:
        produire(numero)
        reconstituer(numero)
        if numero not in a_faire:
            produire_dossier(numero)
    balayer()
    assert empreinte_de_la_base() == avant, "I9"
    _codes_de_remise()
    _objets(config)


def _emis(numero: int) -> list[CertificatEmis]:
    return list(db.session.scalars(select(CertificatEmis).filter_by(session_numero=numero)))


def _texte(valeur: Any) -> str:
    assert isinstance(valeur, str)
    return valeur
