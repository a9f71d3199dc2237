"""Tables beside a session: proposals (R5), warnings answered (R12), what remains (R8), downloads."""

from datetime import date, datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.valeurs import GenreProposition, Identification, TypeLieu
from certif.socle.base.colonnes import Instant, enumeration
from certif.socle.base.extensions import Modele


class Bilan(Modele):
    """What remains of a session once erased: figures and dates, nobody's identity (R8)."""

    __tablename__ = "bilan"
    __table_args__ = (Index("ix_bilan_entite_fin", "entite_id", "date_fin"),)

    numero: Mapped[int] = mapped_column(primary_key=True, autoincrement=False)
    entite_id: Mapped[int] = mapped_column(ForeignKey("entite.id"))
    declarant_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    certificat_id: Mapped[int] = mapped_column(ForeignKey("certificat.id"))
    formateur_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    identification: Mapped[Identification] = mapped_column(enumeration(Identification))
    date_fin: Mapped[date]
    lieu_type: Mapped[TypeLieu] = mapped_column(enumeration(TypeLieu))
    code_postal: Mapped[str | None] = mapped_column(String(5))
    ville: Mapped[str | None] = mapped_column(String(80))
    pays: Mapped[str | None] = mapped_column(String(2))
    mouvements: Mapped[list[dict[str, str]]] = mapped_column(JSON)
    stagiaires: Mapped[int]
    reussites: Mapped[int]
    echecs: Mapped[int]
    motifs_echec: Mapped[dict[str, int]] = mapped_column(JSON)
    etabli_le: Mapped[datetime] = mapped_column(Instant)


class AvertissementConfirme(Modele):
    """A warning answered « C'est exact »: the `marque` of what was judged (R12), erased with the session."""

    __tablename__ = "avertissement_confirme"

    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE"), primary_key=True
    )
    marque: Mapped[str] = mapped_column(String(64), primary_key=True)


class Proposition(Modele):
    """One thing that the formateur would have corrected: a draft until it is sent, erased with the session.

    `nom`, `prenom` and `date_naissance` say whom, as they stood; `champ` and `valeur` what it should be, a
    date in ISO. Whether it is done is never kept: `regles.propositions` reads it from the session.
    """

    __tablename__ = "proposition"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE"), index=True
    )
    genre: Mapped[GenreProposition] = mapped_column(enumeration(GenreProposition))
    stagiaire_id: Mapped[int | None] = mapped_column(
        ForeignKey("stagiaire.id", ondelete="SET NULL"), index=True
    )
    nom: Mapped[str] = mapped_column(String(80), default="")
    prenom: Mapped[str] = mapped_column(String(80), default="")
    date_naissance: Mapped[date | None]
    champ: Mapped[str] = mapped_column(String(20), default="")
    valeur: Mapped[str] = mapped_column(String(200), default="")


class Telechargement(Modele):
    """Who downloaded what, and when; `certificat_emis_id` is None for what holds every certificate.

    `sorte` is the kind of file (`SorteFichier`): a certificate, the zip of all, or the dossier.
    """

    __tablename__ = "telechargement"

    id: Mapped[int] = mapped_column(primary_key=True)
    session_numero: Mapped[int] = mapped_column(
        ForeignKey("session_certification.numero", ondelete="CASCADE"), index=True
    )
    individu_id: Mapped[int] = mapped_column(ForeignKey("individu.id"))
    quand: Mapped[datetime] = mapped_column(Instant)
    certificat_emis_id: Mapped[int | None]
    sorte: Mapped[str] = mapped_column(String(20))

    individu: Mapped[Individu] = relationship()
