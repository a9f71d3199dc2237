"""The codes of a session as its tab shows them: to be made, to be shown, and who has opened theirs."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from flask import url_for

from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.remise.lectures import EtatDuCode
from certif.domaine.libelles.certificats import remise as textes
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.modeles import SessionCertification
from certif.web.acces import acteur_peut_ecrire

_PAS_OUVERT = "Pas encore ouvert"


@dataclass(frozen=True, slots=True)
class LigneDeRemise:
    """One certificate: whose; in initials, opened or not; an address is "" if there is nothing to do."""

    certificat_id: int
    titulaire: str
    etat: str
    renouveler: str
    arreter: str


@dataclass(frozen=True, slots=True)
class Remise:
    """What `templates/entite/_remise.html` reads; no line before codes are made."""

    introduction: str
    effet: str
    montrer: str
    creer: str
    completer: str
    arreter: str
    lignes: Sequence[LigneDeRemise]


def remise_de(
    s: SessionCertification, certificats: Sequence[CertificatEmis], etats: Mapping[int, EtatDuCode]
) -> Remise:
    """The codes of a generated session whose files can still be had; `etats` by id of certificate.

    A suspended entité makes none, and may stop its own (R17).
    """
    ecrire = acteur_peut_ecrire()
    vivants = sum(etat.vivant for etat in etats.values())
    ouverts = sum(etat.ouvertures > 0 for etat in etats.values())
    creer = _adresse("creer_codes", s) if ecrire and vivants < len(certificats) else ""
    return Remise(
        introduction=textes.bilan(ouverts, len(certificats)) if etats else textes.POURQUOI,
        effet=textes.EFFET_DE_L_ARRET,
        montrer=_adresse("remise", s) if vivants else "",
        creer="" if vivants else creer,
        completer=creer if vivants else "",
        arreter=_adresse("arreter_codes", s) if vivants else "",
        lignes=[_ligne(s, c, etats[c.id], ecrire=ecrire) for c in certificats if c.id in etats],
    )


def _ligne(
    s: SessionCertification, certificat: CertificatEmis, etat: EtatDuCode, *, ecrire: bool
) -> LigneDeRemise:
    return LigneDeRemise(
        certificat_id=certificat.id,
        titulaire=nom_affiche(certificat.stagiaire.nom, certificat.stagiaire.prenom),
        etat=" · ".join(filter(None, (etat.etiquette, _ouverture(etat), _alerte(etat)))),
        renouveler=_adresse("renouveler_code", s, certificat) if ecrire else "",
        arreter=_adresse("arreter_code", s, certificat) if etat.vivant else "",
    )


def _ouverture(etat: EtatDuCode) -> str:
    return textes.ouvert_le(etat.premiere, etat.ouvertures) if etat.premiere else _PAS_OUVERT


def _alerte(etat: EtatDuCode) -> str:
    if etat.repose:
        return textes.en_repos(etat.essais)
    if not etat.vivant:
        return textes.ARRETE
    return textes.essais_faux(etat.essais) if etat.essais else ""


def _adresse(vue: str, s: SessionCertification, certificat: CertificatEmis | None = None) -> str:
    parties: dict[str, Any] = {"certificat_id": certificat.id} if certificat else {}
    return url_for(f"entite.{vue}", entite_id=s.entite_id, numero=s.numero, **parties)
