"""The files of a generated session, as their tab shows them: until when, whose, downloaded by whom."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from certif.domaine.certificats.lectures import Archive, Telechargements, telechargements
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.numeros import presenter
from certif.domaine.libelles import annulation, ecrans, entite
from certif.domaine.libelles.certificats import telechargement_termine
from certif.domaine.noms import nom_affiche, prenom_nom
from certif.domaine.sessions.modeles import SessionCertification, Telechargement
from certif.domaine.temps import format_date_heure


@dataclass(frozen=True, slots=True)
class Fichier:
    """One certificate and its file; `href` is "" once nothing can be downloaded."""

    titulaire: str
    numero: str
    href: str
    telecharge: str


@dataclass(frozen=True, slots=True)
class Fichiers:
    """What `templates/entite/_fichiers.html` reads."""

    titre: str
    delai: str
    tout: str
    archive: str
    retard: str
    certificats: Sequence[Fichier]
    historique: Sequence[str]


def fichiers(session_certif: SessionCertification, annules: int) -> Fichiers | None:
    """The files of this session, `annules` more having been cancelled; None before they are generated."""
    lus = telechargements(session_certif)
    if lus is None:
        return None
    en_cours = lus.ouvert and lus.archive is Archive.EN_COURS
    titulaires = {emis.id: nom_affiche(emis.stagiaire.nom, emis.stagiaire.prenom) for emis in lus.certificats}
    return Fichiers(
        titre=ecrans.candidats_certifies(len(lus.certificats) + annules),
        delai=_delai(lus),
        tout=_adresse("telecharger_tout", session_certif)
        if lus.ouvert and lus.archive is Archive.PRETE
        else "",
        archive=annulation.EN_RECONSTITUTION if en_cours else "",
        retard=annulation.RECONSTITUTION_EN_RETARD if en_cours and lus.archive_en_retard else "",
        certificats=[
            Fichier(
                titulaire=titulaires[emis.id],
                numero=presenter(emis.numero),
                href=_adresse("telecharger", session_certif, emis) if lus.ouvert else "",
                telecharge=_dernier(lus.deja, emis.id),
            )
            for emis in lus.certificats
        ],
        historique=[_ligne(t, titulaires) for t in reversed(lus.deja)],
    )


def _delai(lus: Telechargements) -> str:
    if lus.archive is Archive.AUCUNE:
        return annulation.TOUT_EST_ANNULE
    if lus.ouvert:
        return ecrans.disponible_jusqu_au(lus.dernier_jour)
    return telechargement_termine(lus.dernier_jour)


def _adresse(vue: str, s: SessionCertification, emis: CertificatEmis | None = None) -> str:
    parties: dict[str, Any] = {"certificat_id": emis.id} if emis else {}
    return url_for(f"entite.{vue}", entite_id=s.entite_id, numero=s.numero, **parties)


def _dernier(deja: Sequence[Telechargement], certificat_id: int) -> str:
    """Who had this certificate last, alone or in the zip."""
    for telechargement in reversed(deja):
        if telechargement.certificat_emis_id in (None, certificat_id):
            return _par(telechargement)
    return entite.JAMAIS_TELECHARGE


def _ligne(telechargement: Telechargement, titulaires: dict[int, str]) -> str:
    emis_id = telechargement.certificat_emis_id
    quoi = (
        entite.TOUS_LES_CERTIFICATS if emis_id is None else titulaires.get(emis_id, entite.CERTIFICAT_RETIRE)
    )
    return f"{quoi}\u00a0: {_par(telechargement)}"


def _par(telechargement: Telechargement) -> str:
    qui = telechargement.individu
    return f"{prenom_nom(qui.nom, qui.prenom)}, le {format_date_heure(telechargement.quand)}"
