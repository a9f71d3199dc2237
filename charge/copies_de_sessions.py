"""The sessions of a load run: copies of one session in each stable state, with all that hangs on them.

A plan says, row by row, which model each session copies, of which entité, for whom and when; the database
does the rest, a statement a table.
"""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any, Final, Literal

from sqlalchemy import Column, Date, Integer, MetaData, String, Table, cast, func, insert, literal

from certif.domaine.certificats.modeles import CertificatEmis, DossierSession, LigneRegistre
from certif.domaine.certificats.registre.numeros import ALPHABET, controle, nouveau
from certif.domaine.journal import EntreeJournal
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Evenement, SessionCertification, Soumission, Stagiaire
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.domaine.sessions.valeurs import Identification, TypeLieu
from certif.socle.base.colonnes import Instant
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui, maintenant
from charge.copies import copier, table_de
from charge.taille import PAR_FORMATEUR, PREMIER_INDIVIDU, PREMIERE_ENTITE, PREMIERE_SESSION, Taille
from tests.support.factories import Organisme

_SEPT = 7
"""Letters of a mark, at most."""
PLAN = Table(
    "plan_de_charge",
    MetaData(),
    Column("numero", Integer, primary_key=True),
    Column("modele", Integer),
    Column("entite_id", Integer),
    Column("declarant_id", Integer),
    Column("formateur_id", Integer),
    Column("date_fin", Date),
    Column("quand", Instant),
    Column("marque", String(_SEPT)),
    Column("debut", String(8)),
    prefixes=["TEMPORARY"],
)
_LETTRES = "ABCDEFGHJKLMNPQRSTUV"
_NUL = ALPHABET[0]
_HUITIEMES = {controle(f"{_NUL * 7}{c}{_NUL * 7}"): c for c in ALPHABET}
"""By the check of the seven characters before it: the one that makes up for them."""
ECART = 1_000
"""Between the stagiaires of two sessions."""
ANCIENS_JOURS = 1_000
"""Over how many days the sessions that were purged ended."""
REMISE: Final = "remise"
"""Generated, and downloaded: most of them."""
Modeles = dict[Etat | Literal["remise"], int]
"""The number of the session that stands for each state."""
ETATS: tuple[Etat | Literal["remise"], ...] = (
    *(REMISE,) * 11,
    Etat.GENERE,
    *(Etat.VALIDATION_ENTITE,) * 2,
    *(Etat.VALIDATION_FORMATEUR,) * 3,
    *(Etat.SAISIE,) * 3,
)
"""Of twenty sessions of a formateur."""


def copier_les_sessions(
    taille: Taille, organisme: Organisme, modeles: Modeles, dire: Callable[[str], None]
) -> None:
    """All of them, then what is left of those that were purged."""
    PLAN.create(db.session.connection())
    vivantes = [_vivante(taille, modeles, rang) for rang in range(taille.sessions)]
    db.session.execute(insert(PLAN), vivantes)
    _copier_ce_qui_vit()
    dire(f"{taille.sessions} sessions et leurs stagiaires")
    _copier_le_registre()
    db.session.execute(PLAN.delete())
    effacees = [_effacee(taille, modeles, rang) for rang in range(taille.effacees)]
    db.session.execute(insert(PLAN), effacees)
    _copier_le_registre()
    db.session.execute(insert(table_de(Bilan)), [_bilan(organisme, session) for session in effacees])
    PLAN.drop(db.session.connection())
    db.session.commit()
    dire("registre")


def _vivante(taille: Taille, modeles: Modeles, rang: int) -> dict[str, Any]:
    etat = ETATS[rang % len(ETATS)]
    if etat in (REMISE, Etat.GENERE):
        jours = -(rang * 7 % 60)
    else:
        jours = rang * 7 % 30 if etat is Etat.SAISIE else -(rang % 7)
    return _ligne(taille, rang, PREMIERE_SESSION + rang, modeles[etat], jours)


def _effacee(taille: Taille, modeles: Modeles, rang: int) -> dict[str, Any]:
    numero = PREMIERE_SESSION + taille.sessions + rang
    jours = -100 - rang * ANCIENS_JOURS // taille.effacees
    # Everybody's in turn.
    sienne = rang * 37 % taille.sessions
    return _ligne(taille, sienne, numero, modeles[Etat.GENERE], jours)


def _ligne(taille: Taille, rang: int, numero: int, modele: int, jours: int) -> dict[str, Any]:
    entite = taille.entite_de(rang)
    formateur = 2 * taille.entites + rang // PAR_FORMATEUR
    marque = _marque(numero)
    declarant = entite if rang % 3 else taille.entites + entite
    return {
        "numero": numero,
        "modele": modele,
        "entite_id": PREMIERE_ENTITE + entite,
        "declarant_id": PREMIER_INDIVIDU + declarant,
        "formateur_id": PREMIER_INDIVIDU + formateur,
        "date_fin": aujourd_hui() + timedelta(days=jours),
        "quand": maintenant() - timedelta(minutes=rang),
        "marque": marque,
        "debut": _debut(marque),
    }


def _marque(numero: int) -> str:
    """What tells the persons of one session from those of another, as letters."""
    lettres = ""
    while numero:
        numero, reste = divmod(numero, len(_LETTRES))
        lettres += _LETTRES[reste]
    return lettres


def _debut(marque: str) -> str:
    """The first half of the numbers of a session: by itself it counts for nothing in their check."""
    sept = marque.ljust(_SEPT, "Z")
    return sept + _HUITIEMES[controle(f"{sept}{_NUL}{_NUL * 7}")]


def numero_de_modele() -> str:
    """A number whose first half may be replaced by any `_debut`."""
    quinze = _NUL * 8 + nouveau()[:7]
    return quinze + controle(quinze)


def _copier_ce_qui_vit() -> None:
    p, s, e = PLAN.c, table_de(Stagiaire), table_de(CertificatEmis)
    vue = {n: p[n] for n in ("numero", "entite_id", "declarant_id", "formateur_id", "date_fin")}
    _de_session(
        SessionCertification, {**vue, "jeton": p.marque, "dernier_intervenant_id": p.declarant_id}, "numero"
    )
    identifiant = p.numero * ECART
    noms = {"nom": p.marque.concat(" ").concat(s.c.nom), "cle_nom": func.lower(p.marque).concat(s.c.cle_nom)}
    _de_session(Stagiaire, {"id": identifiant + s.c.id, **noms})
    mots = table_de(MotStagiaire)
    copier(
        MotStagiaire,
        {"stagiaire_id": identifiant + mots.c.stagiaire_id, "mot": func.lower(p.marque).concat(mots.c.mot)},
        mots.join(s, s.c.id == mots.c.stagiaire_id).join(PLAN, s.c.session_numero == p.modele),
    )
    _de_session(Evenement)
    _de_session(Soumission, {"formateur_id": p.formateur_id, "date_fin": p.date_fin})
    _de_session(
        CertificatEmis,
        {"stagiaire_id": identifiant + e.c.stagiaire_id, "numero": _numero(e)},
    )
    _de_session(DossierSession)
    j = table_de(EntreeJournal)
    ligne = {"acteur_id": p.declarant_id, "role": "gestionnaire", "action": "modifier"}
    ligne |= {"objet": "entite", "objet_id": p.entite_id, "quand": p.quand}
    copier(EntreeJournal, ligne, j.join(PLAN, j.c.objet == "demonstration"), sans=("id",))


def _copier_le_registre() -> None:
    p, r = PLAN.c, table_de(LigneRegistre)
    _de_session(
        LigneRegistre,
        {
            "numero": _numero(r),
            "entite_id": p.entite_id,
            "habilitation_id": p.entite_id,
            "formateur_id": p.formateur_id,
            "date_fin": p.date_fin,
            "raison_sociale": literal("ORGANISME ").concat(cast(p.entite_id - PREMIERE_ENTITE, String)),
            "empreinte_identite": p.marque.concat(func.substr(r.c.empreinte_identite, 1 + _SEPT)),
        },
    )


def _de_session(
    genre: type[Any], changees: dict[str, Any] | None = None, clef: str = "session_numero"
) -> None:
    table = table_de(genre)
    toutes = {clef: PLAN.c.numero, **(changees or {})}
    sans = {"id"} - toutes.keys()
    copier(genre, toutes, table.join(PLAN, table.c[clef] == PLAN.c.modele), sans=sans)


def _numero(table: Table) -> Any:
    """A number of the register like no other: its session's beginning, then the end of the model's."""
    return PLAN.c.debut.concat(func.substr(table.c.numero, 9, 8))


def _bilan(organisme: Organisme, session: dict[str, Any]) -> dict[str, Any]:
    fin: date = session["date_fin"]
    return {
        **{n: session[n] for n in ("numero", "entite_id", "declarant_id", "formateur_id")},
        "certificat_id": organisme.certificat_id,
        "identification": Identification.INITIAL,
        "date_fin": fin,
        "lieu_type": TypeLieu.FRANCE,
        "code_postal": "26800",
        "ville": "ETOILE SUR RHONE",
        "mouvements": [],
        "stagiaires": 10,
        "reussites": 10,
        "echecs": 0,
        "motifs_echec": {},
        "etabli_le": maintenant(),
    }
