"""The holder opens their certificate: a code, a birth date, and the same file as everywhere else (R8, R9).

A try is counted before it is judged, in one statement that makes parallel guesses queue; the answer leaves
once it is written. A code that is not known differs from a dead one by the name of whom to ask alone.
"""

import hmac
from dataclasses import dataclass
from datetime import date

from sqlalchemy import ColumnElement, select, update
from sqlalchemy.orm import joinedload

from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.registre.verification import EtatCertificat, verifier_numero
from certif.domaine.certificats.remis import tout_remis_le
from certif.domaine.certificats.remise import codes
from certif.domaine.certificats.remise.modeles import CodeDeRemise
from certif.domaine.certificats.remise.regles import ESSAIS_MAX, remettable, repose
from certif.domaine.certificats.telechargement import Fichier, fichier_du_certificat, verifier
from certif.domaine.dates import lire_date
from certif.domaine.erreurs import ErreurMetier, SaisieInvalide
from certif.domaine.libelles.certificats import remise as textes
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import tenue
from certif.socle.horloge import maintenant

CHAMP = "date_naissance"


class CodeMort(ErreurMetier):
    """Nothing opens with this code, whatever the cause; `etat` says who issued, None when nobody knows it."""

    def __init__(self, etat: EtatCertificat | None) -> None:
        super().__init__(textes.CODE_MORT)
        self.etat = etat


@dataclass(frozen=True, slots=True)
class Ouverture:
    """A code that was opened: its `code_id` serves `remettre` for a few minutes."""

    code_id: int
    etat: EtatCertificat
    taille: int


def frapper(saisi: str) -> EtatCertificat:
    """What is said before any birth date: which certificat and who issued it, never to whom.

    Raises:
        CodeMort: it opens nothing.
    """
    return _etat(_servant(saisi))


def ouvrir(saisi: str, date_naissance: str) -> Ouverture:
    """Try a birth date as it was typed (R19): ten wrong ones in all, whoever tries and from wherever.

    Raises:
        CodeMort: it opens nothing, or not any more.
        SaisieInvalide: `date_naissance` is no date, and no try; or is not the holder's, and is one.
        ServiceIndisponible: the file cannot be read now; no try.
    """
    code = _servant(saisi)
    code_id = code.id
    essayee = lire_date(date_naissance, CHAMP)
    etat, fichier = _etat(code), fichier_du_certificat(code.certificat_emis)
    # Whatever the date: an outage says nothing of it, and costs nothing.
    verifier(fichier)
    attendue = date.fromisoformat(code.certificat_emis.donnees["date_naissance"])
    with transaction():
        essais = _changer(code_id, +1, CodeDeRemise.essais < ESSAIS_MAX, CodeDeRemise.arrete_le.is_(None))
        juste = hmac.compare_digest(essayee.isoformat(), attendue.isoformat())
        if essais is not None and juste:
            _changer(code_id, -1)
    if essais is None or (not juste and repose(essais)):
        raise CodeMort(etat)
    if not juste:
        raise SaisieInvalide({CHAMP: [textes.date_fausse(ESSAIS_MAX - essais)]})
    return Ouverture(code_id, etat, fichier.taille)


def remettre(code_id: int) -> Fichier:
    """The file of a code that was opened, and a line saying that its holder has it.

    It counts as downloaded: a certificate in its holder's hands waits for nobody any more.

    Raises:
        CodeMort: stopped, cancelled or over meanwhile.
        ServiceIndisponible: the file cannot be read now, or was altered.
    """
    code = _ouvert(code_id)
    fichier = fichier_du_certificat(code.certificat_emis)
    numero, certificat = code.certificat_emis.session_numero, code.certificat_emis.numero
    verifier(fichier)
    with transaction():
        session_certif = tenue(SessionCertification, numero)
        retenu = _charger(CodeDeRemise.id == code_id)
        if session_certif is None or retenu is None or not _remettable(retenu):
            raise CodeMort(verifier_numero(certificat))
        instant = maintenant()
        retenu.ouvertures += 1
        retenu.premiere_ouverture = retenu.premiere_ouverture or instant
        retenu.derniere_ouverture = instant
        db.session.flush()
        if session_certif.telecharge_le is None:
            session_certif.telecharge_le = tout_remis_le(numero)
    return fichier


def etat_ouvert(code_id: int) -> EtatCertificat:
    """What may still be said to whoever opened this code.

    Raises:
        CodeMort: see `remettre`.
    """
    return _etat(_ouvert(code_id))


def _servant(saisi: str) -> CodeDeRemise:
    """The code that was scanned or typed, if a birth date may be tried on it."""
    lu = codes.lire(saisi)
    code = _charger(CodeDeRemise.empreinte == codes.empreinte_de(lu or ""))
    if code is None:
        raise CodeMort(None)
    if repose(code.essais) or not _remettable(code):
        raise CodeMort(_etat(code))
    return code


def _ouvert(code_id: int) -> CodeDeRemise:
    code = _charger(CodeDeRemise.id == code_id)
    if code is None or not _remettable(code):
        raise CodeMort(_etat(code) if code else None)
    return code


def _charger(condition: ColumnElement[bool]) -> CodeDeRemise | None:
    avec = joinedload(CodeDeRemise.certificat_emis).joinedload(CertificatEmis.session_certif)
    return db.session.scalars(select(CodeDeRemise).where(condition).options(avec)).one_or_none()


def _remettable(code: CodeDeRemise) -> bool:
    emis = code.certificat_emis
    session_certif = emis.session_certif
    return (
        session_certif.etat is Etat.GENERE
        and session_certif.genere_le is not None
        and remettable(
            arrete=code.arrete_le is not None,
            retire=emis.cle_objet is None,
            genere_le=date_de(session_certif.genere_le),
            maintenant=maintenant(),
        )
    )


def _etat(code: CodeDeRemise) -> EtatCertificat:
    etat = verifier_numero(code.certificat_emis.numero)
    if etat is None:
        raise CodeMort(None)
    return etat


def _changer(code_id: int, pas: int, *conditions: ColumnElement[bool]) -> int | None:
    """Add to the count of tries where the conditions hold; the new count, None where they do not."""
    ordre = update(CodeDeRemise).where(CodeDeRemise.id == code_id, *conditions)
    ordre = ordre.values(essais=CodeDeRemise.essais + pas).execution_options(synchronize_session=False)
    return db.session.scalar(ordre.returning(CodeDeRemise.essais))
