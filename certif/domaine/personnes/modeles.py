"""Persons, organisations and the roles that link them."""

from datetime import date, datetime
from typing import Any

from sqlalchemy import (
    CheckConstraint,
    Connection,
    ForeignKey,
    Index,
    LargeBinary,
    String,
    UniqueConstraint,
    delete,
    event,
    false,
    insert,
    select,
    text,
)
from sqlalchemy.orm import Mapped, Mapper, mapped_column, relationship

from certif.domaine.acteur import ROLES_ENTITE, TypeRole
from certif.domaine.noms import cle, mots
from certif.socle.base.colonnes import Instant, enumeration, index_partiel, parmi
from certif.socle.base.extensions import Modele
from certif.socle.base.recherche import ORDRE_DES_PREFIXES
from certif.socle.horloge import aujourd_hui

MOT_MAX = 80
"""Characters of a search word that are kept: a longer search finds nobody."""
_SEUL = text("NOT admis")
_FUSIONNE = "fusionne_dans_id IS NOT NULL"
_LISTE = "fusionne_dans_id IS NULL AND efface_le IS NULL"
_EFFACEE = "fusionne_dans_id IS NULL AND efface_le IS NOT NULL"


class Logo(Modele):
    """A picture that certificates may name, under the SHA-256 of its PNG: changed, it is another one.

    `pale`: it can hardly be seen on white paper; False too for those that came before that was judged.
    """

    __tablename__ = "logo"

    sha256: Mapped[str] = mapped_column(String(64), primary_key=True)
    png: Mapped[bytes] = mapped_column(LargeBinary)
    pale: Mapped[bool] = mapped_column(default=False, server_default=false())


class Entite(Modele):
    """A training organisation; `suspendue_le` leaves it reading and downloading only (R17).

    `nom_confirme`: the raison sociale that a gestionnaire found exact, as it will be printed.

    `signataire` and `signataire_qualite` are printed on its certificates, with its logo; `logo_porte_le_nom`:
    the picture shows the name, which is then printed small. `siret` is fourteen digits, or "" while nobody
    gave it.
    """

    __tablename__ = "entite"
    __table_args__ = (
        Index(
            "uq_entite_siret",
            "siret",
            unique=True,
            sqlite_where=text("siret <> ''"),
            postgresql_where=text("siret <> ''"),
        ),
        Index("ix_entite_raison_sociale", "raison_sociale", "id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    raison_sociale: Mapped[str] = mapped_column(String(160))
    siret: Mapped[str] = mapped_column(String(14), default="", server_default="")
    email: Mapped[str] = mapped_column(String(254), default="", server_default="")
    telephone: Mapped[str] = mapped_column(String(20), default="", server_default="")
    adresse: Mapped[str] = mapped_column(String(200), default="")
    code_postal: Mapped[str] = mapped_column(String(5), default="")
    ville: Mapped[str] = mapped_column(String(80), default="")
    suspendue_le: Mapped[date | None]
    signataire: Mapped[str] = mapped_column(String(160), default="", server_default="")
    signataire_qualite: Mapped[str] = mapped_column(String(80), default="", server_default="")
    logo_sha256: Mapped[str | None] = mapped_column(ForeignKey("logo.sha256"))
    logo_porte_le_nom: Mapped[bool] = mapped_column(default=False, server_default=false())
    nom_confirme: Mapped[str] = mapped_column(String(160), default="", server_default="")

    noms_commerciaux: Mapped[list["NomCommercial"]] = relationship(
        back_populates="entite", order_by="NomCommercial.id"
    )

    @property
    def suspendue(self) -> bool:
        """Whether the suspension has begun."""
        return self.suspendue_le is not None and self.suspendue_le <= aujourd_hui()

    @property
    def nom_est_confirme(self) -> bool:
        """Whether a gestionnaire found its present name exact."""
        return self.nom_confirme == self.raison_sociale


class NomCommercial(Modele):
    """A trade name of an entité and its logo: printed above the raison sociale by sessions that chose it."""

    __tablename__ = "nom_commercial"
    __table_args__ = (UniqueConstraint("entite_id", "libelle"),)

    id: Mapped[int] = mapped_column(primary_key=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    libelle: Mapped[str] = mapped_column(String(160))
    logo_sha256: Mapped[str | None] = mapped_column(ForeignKey("logo.sha256"))
    logo_porte_le_nom: Mapped[bool] = mapped_column(default=False, server_default=false())

    entite: Mapped[Entite] = relationship(back_populates="noms_commerciaux")


class Individu(Modele):
    """A person: one account and one N° Forprev, whatever the number of roles.

    `timbre` changes whenever every open login must end; `cle_nom` and `cle_prenom` are R4's keys.

    `fusionne_dans_id`: this row was found to be that person; only its N° still serves, as an alias of theirs.
    `efface_le`: the person was erased, the row stays for what names it (R18).
    `mot_de_passe_long`: the password is as long as an administrateur's must be.
    `totp_secret` is encrypted, counts since `totp_depuis`, and `totp_pas` is the last step accepted;
    `totp_attente` is the one, as encrypted, that its owner has yet to confirm: until then the former goes on.
    """

    __tablename__ = "individu"
    __table_args__ = (
        Index("ix_individu_identite", "cle_nom", "cle_prenom", "date_naissance"),
        Index("ix_individu_date_naissance", "date_naissance"),
        # The persons who are listed, in the order of their list.
        index_partiel(_LISTE, "ix_individu_liste", "cle_nom", "cle_prenom", "id", "actif", "fin_le"),
        index_partiel(_EFFACEE, "ix_individu_efface", "cle_nom", "cle_prenom", "id"),
        index_partiel(_FUSIONNE, "ix_individu_fusionne_dans_id", "fusionne_dans_id"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    numero: Mapped[str] = mapped_column(String(8), unique=True)
    nom: Mapped[str] = mapped_column(String(80))
    prenom: Mapped[str] = mapped_column(String(80), default="")
    cle_nom: Mapped[str] = mapped_column(String(320))
    cle_prenom: Mapped[str] = mapped_column(String(320), default="")
    date_naissance: Mapped[date | None]
    email: Mapped[str | None] = mapped_column(String(254), unique=True)
    mot_de_passe: Mapped[str | None] = mapped_column(String(255))
    mot_de_passe_long: Mapped[bool] = mapped_column(default=False, server_default=false())
    timbre: Mapped[str] = mapped_column(String(32))
    actif: Mapped[bool] = mapped_column(default=True)
    fin_le: Mapped[date | None]
    derniere_connexion: Mapped[datetime | None] = mapped_column(Instant)
    fusionne_dans_id: Mapped[int | None] = mapped_column(ForeignKey("individu.id"))
    efface_le: Mapped[datetime | None] = mapped_column(Instant)
    totp_secret: Mapped[bytes | None] = mapped_column(LargeBinary)
    totp_depuis: Mapped[datetime | None] = mapped_column(Instant)
    totp_pas: Mapped[int | None]
    totp_attente: Mapped[bytes | None] = mapped_column(LargeBinary)

    roles: Mapped[list["Role"]] = relationship(back_populates="individu", order_by="Role.id")


class Role(Modele):
    """One role of one person, in one entité where the role belongs to one; `fin_le` is its last day.

    `derniere_venue`: when its entité's space was last opened by a login, in real time.
    """

    __tablename__ = "role"
    __table_args__ = (
        CheckConstraint(f"({parmi('type', ROLES_ENTITE)}) = (entite_id IS NOT NULL)", name="entite_du_role"),
        UniqueConstraint("individu_id", "type", "entite_id"),
        Index("ix_role_type", "type", "individu_id", "actif", "fin_le"),
        # NULLs are distinct in a unique constraint: roles without entité need their own.
        Index(
            "uq_role_sans_entite",
            "individu_id",
            "type",
            unique=True,
            sqlite_where=text("entite_id IS NULL"),
            postgresql_where=text("entite_id IS NULL"),
        ),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    type: Mapped[TypeRole] = mapped_column(enumeration(TypeRole))
    entite_id: Mapped[int | None] = mapped_column(ForeignKey("entite.id"), index=True)
    actif: Mapped[bool] = mapped_column(default=True)
    fin_le: Mapped[date | None]
    derniere_venue: Mapped[datetime | None] = mapped_column(Instant)

    individu: Mapped[Individu] = relationship(back_populates="roles")
    entite: Mapped[Entite | None] = relationship()


class MotEntite(Modele):
    """A word of an organisation's name, town, postcode or SIRET, or the whole of one as R4's key."""

    __tablename__ = "mot_entite"
    __table_args__ = (Index("ix_mot_entite_mot", "mot", postgresql_ops={"mot": ORDRE_DES_PREFIXES}),)

    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id", ondelete="CASCADE"), primary_key=True)
    mot: Mapped[str] = mapped_column(String(MOT_MAX), primary_key=True)


class MotIndividu(Modele):
    """A word of a person's names, N° or e-mail address, or the whole of one as R4's key."""

    __tablename__ = "mot_individu"
    __table_args__ = (Index("ix_mot_individu_mot", "mot", postgresql_ops={"mot": ORDRE_DES_PREFIXES}),)

    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id", ondelete="CASCADE"), primary_key=True)
    mot: Mapped[str] = mapped_column(String(MOT_MAX), primary_key=True)


def _retenir(*textes: str | None) -> set[str]:
    """Every word of these texts, and each text as one key: « De La Tour » is found by « delatour » too."""
    trouves = {mot for texte in textes if texte for mot in (*mots(texte), cle(texte))}
    return {mot[:MOT_MAX] for mot in trouves if mot}


def _ecrire(connexion: Connection, modele: type[Any], colonne: str, qui: int, retenus: set[str]) -> None:
    connexion.execute(delete(modele).where(getattr(modele, colonne) == qui))
    if retenus:
        connexion.execute(insert(modele), [{colonne: qui, "mot": mot} for mot in sorted(retenus)])


@event.listens_for(Entite, "after_insert")
@event.listens_for(Entite, "after_update")
def _indexer_entite(_: Mapper[Entite], connexion: Connection, e: Entite) -> None:
    retenus = _retenir(e.raison_sociale, e.ville, e.code_postal, e.siret)
    _ecrire(connexion, MotEntite, "entite_id", e.id, retenus)


def indexer_individu(connexion: Connection, i: Individu) -> None:
    """Write the words that find this person: an old N° too, and no name of somebody erased or merged."""
    cherchables: tuple[str | None, ...] = ()
    if not (i.efface_le or i.fusionne_dans_id):
        anciens = select(Individu.numero).where(Individu.fusionne_dans_id == i.id)
        cherchables = (i.nom, i.prenom, i.email, *connexion.scalars(anciens))
    _ecrire(connexion, MotIndividu, "individu_id", i.id, _retenir(i.numero, *cherchables))


@event.listens_for(Individu, "after_insert")
@event.listens_for(Individu, "after_update")
def _indexer_individu(_: Mapper[Individu], connexion: Connection, i: Individu) -> None:
    indexer_individu(connexion, i)


class NomPris(Modele):
    """R4's key of the raison sociale or of a trade name of an entité.

    A key belongs to one entité; whoever has it besides was `admis`: by an administrateur, or because both had
    it before the rule.
    """

    __tablename__ = "nom_pris"
    __table_args__ = (
        Index("uq_nom_pris_seul", "cle", unique=True, sqlite_where=_SEUL, postgresql_where=_SEUL),
        Index("ix_nom_pris_entite", "entite_id"),
    )

    cle: Mapped[str] = mapped_column(String(640), primary_key=True)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id", ondelete="CASCADE"), primary_key=True)
    admis: Mapped[bool] = mapped_column(default=False, server_default=false())
