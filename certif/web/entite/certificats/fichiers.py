"""The files of a generated session, as their tab shows them: until when, whose, downloaded by whom."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from flask import url_for

from certif.domaine.certificats.lectures import Archive, EtatDossier, EtatFichiers, Telechargements
from certif.domaine.certificats.modeles import CertificatEmis, SorteFichier
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.certificats.remise.lectures import EtatDuCode, etats_des_codes
from certif.domaine.libelles import ecrans, pannes
from certif.domaine.libelles.certificats import annulation, generation
from certif.domaine.libelles.certificats import dossier as mots
from certif.domaine.libelles.typographie import francais
from certif.domaine.noms import nom_affiche, prenom_nom
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Telechargement
from certif.domaine.temps import format_date_heure
from certif.web.acces import acteur_peut_ecrire
from certif.web.entite.remise.codes import Remise, remise_de

_JAMAIS_TELECHARGE = francais("Jamais téléchargé")
_SON_TITULAIRE = "Son titulaire"


@dataclass(frozen=True, slots=True)
class Fichier:
    """One certificate and its file; `href` is "" once nothing can be downloaded.

    `telecharge`: by whom last, or that nobody did; `le`: when.
    """

    titulaire: str
    numero: str
    href: str
    telecharge: str
    le: datetime | None


@dataclass(frozen=True, slots=True)
class Dossier:
    """The dossier beside the certificates: `href` once made, else why not, `suivi` while it is coming."""

    contenu: str
    href: str
    attente: str
    suivi: bool
    cause: str
    relance: str


@dataclass(frozen=True, slots=True)
class Fichiers:
    """What `templates/entite/_fichiers.html` reads."""

    titre: str
    delai: str
    tout: str
    archive: str
    retard: str
    dossier: Dossier | None
    remise: Remise | None
    certificats: Sequence[Fichier]
    historique: Sequence[str]


def fichiers(session_certif: SessionCertification, lus: Telechargements, annules: int) -> Fichiers:
    """The files of this session as they were read, `annules` more having been cancelled."""
    etat = lus.etat
    codes = etats_des_codes(session_certif.numero)
    en_cours = etat.ouvert and etat.archive is Archive.EN_COURS
    titulaires = {emis.id: nom_affiche(emis.stagiaire.nom, emis.stagiaire.prenom) for emis in lus.certificats}
    return Fichiers(
        titre=ecrans.candidats_certifies(len(lus.certificats) + annules),
        delai=_delai(etat),
        tout=_adresse("telecharger_tout", session_certif)
        if etat.ouvert and etat.archive is Archive.PRETE
        else "",
        archive=_archive(etat) if en_cours else "",
        retard=annulation.reconstitution_en_retard() if en_cours and etat.archive_en_retard else "",
        dossier=_dossier(session_certif, etat.dossier) if etat.ouvert else None,
        remise=remise_de(session_certif, lus.certificats, codes) if etat.ouvert and lus.certificats else None,
        certificats=[
            Fichier(
                titulaire=titulaires[emis.id],
                numero=presenter(emis.numero),
                href=_adresse("telecharger", session_certif, emis) if etat.ouvert else "",
                telecharge=par,
                le=le,
            )
            for emis in lus.certificats
            for par, le in [_dernier(lus.deja, emis.id, codes.get(emis.id))]
        ],
        historique=[_ligne(t, titulaires) for t in reversed(lus.deja)],
    )


def _delai(etat: EtatFichiers) -> str:
    if etat.archive is Archive.AUCUNE:
        return annulation.TOUT_EST_ANNULE
    if etat.ouvert:
        return ecrans.disponible_jusqu_au(etat.dernier_jour)
    return generation.telechargement_termine(etat.dernier_jour)


def _archive(etat: EtatFichiers) -> str:
    if etat.archive_attente is not None:
        return pannes.archive_en_attente(etat.archive_attente.value)
    return annulation.EN_RECONSTITUTION


def _dossier(session_certif: SessionCertification, ou: EtatDossier) -> Dossier:
    adresse = _adresse("telecharger_dossier", session_certif)
    attente = mots.EN_RETARD if ou.en_retard else mots.EN_PREPARATION
    if ou.attente is not None:
        attente = pannes.dossier_en_attente(ou.attente.value)
    return Dossier(
        contenu=mots.contenu(ou.avec_echeances),
        href=adresse if ou.fait else "",
        attente="" if ou.fait or ou.rate else attente,
        suivi=ou.en_preparation,
        cause=ou.cause,
        relance=_adresse("relancer_dossier", session_certif) if ou.rate and acteur_peut_ecrire() else "",
    )


def _adresse(vue: str, s: SessionCertification, emis: CertificatEmis | None = None) -> str:
    parties: dict[str, Any] = {"certificat_id": emis.id} if emis else {}
    return url_for(f"entite.{vue}", entite_id=s.entite_id, numero=s.numero, **parties)


def _dernier(
    deja: Sequence[Telechargement], certificat_id: int, code: EtatDuCode | None
) -> tuple[str, datetime | None]:
    """Who had this certificate last, alone, in the zip or the dossier; else its holder; when."""
    for telechargement in reversed(deja):
        if telechargement.certificat_emis_id in (None, certificat_id):
            return _par(telechargement), telechargement.quand
    if code is not None and code.derniere is not None:
        return _SON_TITULAIRE, code.derniere
    return _JAMAIS_TELECHARGE, None


def _ligne(telechargement: Telechargement, titulaires: dict[int, str]) -> str:
    emis_id = telechargement.certificat_emis_id
    if telechargement.sorte == SorteFichier.DOSSIER:
        quoi = mots.TITRE
    elif emis_id is None:
        quoi = generation.TOUS_LES_CERTIFICATS
    else:
        quoi = titulaires.get(emis_id, generation.CERTIFICAT_RETIRE)
    return f"{quoi}\u00a0: {_par(telechargement)}, le {format_date_heure(telechargement.quand)}"


def _par(telechargement: Telechargement) -> str:
    return prenom_nom(telechargement.individu.nom, telechargement.individu.prenom)
