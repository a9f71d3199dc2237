"""R15: what anyone may know of a certificate, by its number, with an identity, or with a file.

No name comes out of here. Only what was issued is known: a number that is reserved or abandoned is *inconnu*.
"""

from dataclasses import dataclass, replace
from datetime import date
from enum import StrEnum

from sqlalchemy import Select, select
from sqlalchemy.dialects.postgresql import insert as inserer_postgresql
from sqlalchemy.dialects.sqlite import insert as inserer_sqlite

from certif.domaine.certificats.modeles import (
    AVEC_L_EMISSION,
    REGROUPENT,
    EmpreinteFichier,
    EssaisIdentite,
    LigneRegistre,
    StatutRegistre,
)
from certif.domaine.certificats.registre import empreintes
from certif.domaine.certificats.registre.emission import Emission
from certif.domaine.entites.noms_pris import a_distinguer
from certif.domaine.entites.regles import siren
from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.libelles.certificats.verification import distinction
from certif.domaine.libelles.saisie import DATE_VIDE
from certif.domaine.noms import lire_nom
from certif.domaine.sessions.actions.stagiaires import IdentiteSaisie
from certif.domaine.sessions.regles import inscription, validite
from certif.domaine.temps import date_de
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, instant_reel

IDENTITES_FAUSSES_PAR_JOUR = 20
"""Of one number, in a day of real time in Paris; then identity answers rest."""

_AUCUN = ""
"""Whose count is raised when the number is unknown: the same work, and rows only for what was issued."""


class ReponseIdentite(StrEnum):
    """What is said of an identity."""

    CORRESPOND = "correspond"
    DIFFERE = "differe"
    EFFACEE = "effacee"
    EN_PAUSE = "en_pause"


@dataclass(frozen=True, slots=True)
class EtatCertificat:
    """A certificate as anyone sees it; `emission` is what its paper says.

    `contact` is how the entité is reached today: e-mail address and telephone, what it gave of them.
    """

    numero: str
    statut: validite.Statut
    emission: Emission
    date_fin: date
    fin_validite: date | None
    annule_le: date | None
    contact: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class FichierReconnu:
    """A file that was issued here: its kind, and the certificate that it is, or one of its session's.

    `regroupe`: how many certificates it holds, for a kind that holds some. `annules`: how many of its session
    were cancelled, for a file that is not one certificate.
    """

    sorte: str
    etat: EtatCertificat
    regroupe: int | None = None
    annules: int = 0


def verifier_numero(numero: str) -> EtatCertificat | None:
    """The state of the certificate that has this number, in its plain form; None when none was issued."""
    ligne = _chercher(numero)
    return _etat(ligne) if ligne else None


def verifier_identite(
    numero: str, saisie: IdentiteSaisie
) -> tuple[EtatCertificat | None, ReponseIdentite | None]:
    """The same, and whether its holder has this identity; no answer where there is no certificate.

    The same hashes are computed and the same statements run whatever the answer, which is counted and
    forgotten: the identity is written nowhere.

    Raises:
        SaisieInvalide: fields `nom`, `prenom`, `date_naissance` that hold no identity; nothing is counted.
    """
    nom, prenom, ne_le = lire_identite(saisie)
    ligne = _chercher(numero)
    etat = _etat(ligne) if ligne else None
    if ligne is None:
        a_distinguer(0, ("", "", ""))  # what `_etat` asks, for a number that nobody has
    attendue = ligne.empreinte_identite if ligne else None
    juste = empreintes.correspond(attendue, nom, prenom, ne_le)
    en_pause = _compter(numero if ligne else _AUCUN, faux=not juste)
    if etat is None:
        return None, None
    return etat, repondre(attendue is not None, juste=juste, en_pause=en_pause)


def repondre(connue: bool, *, juste: bool, en_pause: bool) -> ReponseIdentite:
    """Whether the register still knows the holder, then whether it may answer, then the answer."""
    if not connue:
        return ReponseIdentite.EFFACEE
    if en_pause:
        return ReponseIdentite.EN_PAUSE
    return ReponseIdentite.CORRESPOND if juste else ReponseIdentite.DIFFERE


def reconnaitre(sha256: str) -> FichierReconnu | None:
    """The file issued here that has this digest, after the purge as before it; None for any other file."""
    trouve = db.session.scalars(select(EmpreinteFichier).filter_by(sha256=sha256).limit(1)).first()
    if trouve is None:
        return None
    requete = select(LigneRegistre).filter_by(session_numero=trouve.session_numero)
    if trouve.numero is not None:
        requete = requete.filter_by(numero=trouve.numero)
    lignes = db.session.scalars(_connues(requete)).all()
    if not lignes:
        return None
    if trouve.numero is not None:
        return FichierReconnu(trouve.sorte, _etat(lignes[0]))
    annules = sum(ligne.statut is StatutRegistre.ANNULE for ligne in lignes)
    regroupe = (trouve.regroupe or len(lignes)) if trouve.sorte in REGROUPENT else None
    return FichierReconnu(trouve.sorte, _etat(lignes[0]), regroupe, annules)


def oublier_les_essais() -> None:
    """Erase the counts of the days before this one."""
    effacer_par_lots(EssaisIdentite, EssaisIdentite.jour < _jour())


def _chercher(numero: str) -> LigneRegistre | None:
    return db.session.scalars(_connues(select(LigneRegistre).filter_by(numero=numero))).one_or_none()


def _connues(requete: Select[LigneRegistre]) -> Select[LigneRegistre]:
    """Only what was issued, with what is shown of it."""
    return requete.where(LigneRegistre.emise()).options(*AVEC_L_EMISSION)


def _etat(ligne: LigneRegistre) -> EtatCertificat:
    return EtatCertificat(
        numero=ligne.numero,
        statut=validite.statut(ligne.annule_le, ligne.fin_validite, aujourd_hui()),
        emission=replace(ligne.emission, distinction=_distinction(ligne)),
        date_fin=ligne.date_fin,
        fin_validite=ligne.fin_validite,
        annule_le=ligne.annule_le,
        contact=tuple(filter(None, (ligne.entite.email, ligne.entite.telephone))),
    )


def _distinction(ligne: LigneRegistre) -> str:
    """SIREN and town, where the names that were printed, or today's, do not tell who issued it (R17)."""
    noms = (ligne.raison_sociale, ligne.nom_commercial, ligne.entite.raison_sociale)
    if not a_distinguer(ligne.entite_id, noms):
        return ""
    return distinction(siren(ligne.entite.siret), ligne.entite.ville)


def lire_identite(saisie: IdentiteSaisie) -> tuple[str, str, date]:
    """The identity, read as on the form that declares a stagiaire, or ever was (R12).

    Raises:
        SaisieInvalide: fields `nom`, `prenom`, `date_naissance`.
    """
    fautes, lue = Fautes(), None
    with fautes.recueillir():
        lue = inscription.verifier_stagiaire(
            saisie.nom, saisie.prenom, saisie.date_naissance, un_seul_nom=saisie.nom_unique, lire=lire_nom
        )
    if not saisie.date_naissance.strip():
        fautes.noter("date_naissance", DATE_VIDE)
    if lue is None or lue.date_naissance is None:
        raise SaisieInvalide(fautes.champs)
    return lue.nom, lue.prenom, lue.date_naissance


def _compter(numero: str, *, faux: bool) -> bool:
    """Count a wrong identity, in one statement that makes parallel guesses queue; whether answers rest."""
    inserer = inserer_postgresql if db.engine.dialect.name == "postgresql" else inserer_sqlite
    ajout = inserer(EssaisIdentite).values(numero=numero, jour=_jour(), essais=int(faux))
    ordre = ajout.on_conflict_do_update(
        index_elements=["numero", "jour"], set_={"essais": EssaisIdentite.essais + ajout.excluded.essais}
    )
    with transaction():
        essais = db.session.scalars(ordre.returning(EssaisIdentite.essais)).one()
    return essais - int(faux) >= IDENTITES_FAUSSES_PAR_JOUR


def _jour() -> date:
    return date_de(instant_reel())
