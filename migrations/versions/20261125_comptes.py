"""accounts, demandes, trade names, search words

Revision ID: 0005
Revises: 0004
"""

from collections.abc import Sequence

import sqlalchemy as sa
from alembic import op

from certif.domaine import cle_v1
from certif.socle.base.colonnes import Instant

revision: str = "0005"
down_revision: str | Sequence[str] | None = "0004"
branch_labels: str | Sequence[str] | None = None
depends_on: str | Sequence[str] | None = None


def upgrade() -> None:
    op.create_table(
        "cle_acces",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("individu_id", sa.Integer(), nullable=False),
        sa.Column("identifiant", sa.LargeBinary(length=1024), nullable=False),
        sa.Column("cle_publique", sa.LargeBinary(), nullable=False),
        sa.Column("compteur", sa.BigInteger(), nullable=False),
        sa.Column("libelle", sa.String(length=80), nullable=False),
        sa.Column("cree_le", Instant(), nullable=False),
        sa.Column("utilisee_le", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["individu_id"], ["individu.id"], name=op.f("fk_cle_acces_individu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_cle_acces")),
        sa.UniqueConstraint("identifiant", name=op.f("uq_cle_acces_identifiant")),
    )
    with op.batch_alter_table("cle_acces") as lot:
        lot.create_index(lot.f("ix_cle_acces_individu_id"), ["individu_id"], unique=False)
    op.create_table(
        "code_secours",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("individu_id", sa.Integer(), nullable=False),
        sa.Column("condense", sa.String(length=64), nullable=False),
        sa.Column("utilise_le", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["individu_id"], ["individu.id"], name=op.f("fk_code_secours_individu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_code_secours")),
    )
    with op.batch_alter_table("code_secours") as lot:
        lot.create_index(lot.f("ix_code_secours_individu_id"), ["individu_id"], unique=False)
    op.create_table(
        "geste_fait",
        sa.Column("jeton", sa.String(length=43), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column("resultat", sa.Integer(), nullable=False),
        sa.Column("fait_le", Instant(), nullable=False),
        sa.ForeignKeyConstraint(["acteur_id"], ["individu.id"], name=op.f("fk_geste_fait_acteur_id")),
        sa.PrimaryKeyConstraint("jeton", name=op.f("pk_geste_fait")),
    )
    with op.batch_alter_table("geste_fait") as lot:
        lot.create_index(lot.f("ix_geste_fait_acteur_id"), ["acteur_id"], unique=False)
        lot.create_index(lot.f("ix_geste_fait_fait_le"), ["fait_le"], unique=False)
    op.create_table(
        "lien_compte",
        sa.Column("id", sa.String(length=64), nullable=False),
        sa.Column("individu_id", sa.Integer(), nullable=False),
        sa.Column(
            "sorte",
            sa.Enum(
                "invitation",
                "mot_de_passe",
                "nouvel_email",
                "opposition",
                name="sortelien",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("email", sa.String(length=254), nullable=True),
        sa.Column("entite_id", sa.Integer(), nullable=True),
        sa.Column("cree_le", Instant(), nullable=False),
        sa.Column("expire_le", Instant(), nullable=False),
        sa.Column("utilise_le", Instant(), nullable=True),
        sa.ForeignKeyConstraint(["entite_id"], ["entite.id"], name=op.f("fk_lien_compte_entite_id")),
        sa.ForeignKeyConstraint(["individu_id"], ["individu.id"], name=op.f("fk_lien_compte_individu_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_lien_compte")),
    )
    with op.batch_alter_table("lien_compte") as lot:
        lot.create_index(lot.f("ix_lien_compte_expire_le"), ["expire_le"], unique=False)
        lot.create_index(lot.f("ix_lien_compte_individu_id"), ["individu_id"], unique=False)
    op.create_table(
        "mot_individu",
        sa.Column("individu_id", sa.Integer(), nullable=False),
        sa.Column("mot", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["individu_id"], ["individu.id"], name=op.f("fk_mot_individu_individu_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("individu_id", "mot", name=op.f("pk_mot_individu")),
    )
    with op.batch_alter_table("mot_individu") as lot:
        lot.create_index(
            "ix_mot_individu_mot", ["mot"], unique=False, postgresql_ops={"mot": "varchar_pattern_ops"}
        )
    op.create_table(
        "mot_entite",
        sa.Column("entite_id", sa.Integer(), nullable=False),
        sa.Column("mot", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["entite_id"], ["entite.id"], name=op.f("fk_mot_entite_entite_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("entite_id", "mot", name=op.f("pk_mot_entite")),
    )
    with op.batch_alter_table("mot_entite") as lot:
        lot.create_index(
            "ix_mot_entite_mot", ["mot"], unique=False, postgresql_ops={"mot": "varchar_pattern_ops"}
        )
    op.create_table(
        "nom_commercial",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entite_id", sa.Integer(), nullable=False),
        sa.Column("libelle", sa.String(length=160), nullable=False),
        sa.Column("logo_sha256", sa.String(length=64), nullable=True),
        sa.ForeignKeyConstraint(["entite_id"], ["entite.id"], name=op.f("fk_nom_commercial_entite_id")),
        sa.ForeignKeyConstraint(["logo_sha256"], ["logo.sha256"], name=op.f("fk_nom_commercial_logo_sha256")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_nom_commercial")),
        sa.UniqueConstraint("entite_id", "libelle", name=op.f("uq_nom_commercial_entite_id_libelle")),
    )
    op.create_table(
        "demande",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("entite_id", sa.Integer(), nullable=False),
        sa.Column("niveau_id", sa.Integer(), nullable=False),
        sa.Column(
            "nature",
            sa.Enum(
                "premiere", "extension", "renouvellement", name="naturedemande", native_enum=False, length=24
            ),
            nullable=False,
        ),
        sa.Column(
            "etat",
            sa.Enum(
                "brouillon",
                "transmise",
                "a_completer",
                "acceptee",
                "refusee",
                "retiree",
                name="etatdemande",
                native_enum=False,
                length=24,
            ),
            nullable=False,
        ),
        sa.Column("version", sa.Integer(), nullable=False),
        sa.Column("debut_souhaite", sa.Date(), nullable=True),
        sa.Column("message", sa.Text(), nullable=False),
        sa.Column("motif", sa.Text(), nullable=False),
        sa.Column("cree_par_id", sa.Integer(), nullable=False),
        sa.Column("cree_le", Instant(), nullable=False),
        sa.Column("modifiee_le", Instant(), nullable=False),
        sa.Column("transmise_le", Instant(), nullable=True),
        sa.Column("decidee_le", Instant(), nullable=True),
        sa.Column("habilitation_id", sa.Integer(), nullable=True),
        sa.CheckConstraint(
            "(etat = 'acceptee') = (habilitation_id IS NOT NULL)", name=op.f("ck_demande_acceptee")
        ),
        sa.CheckConstraint("etat <> 'refusee' OR motif <> ''", name=op.f("ck_demande_refusee")),
        sa.ForeignKeyConstraint(["cree_par_id"], ["individu.id"], name=op.f("fk_demande_cree_par_id")),
        sa.ForeignKeyConstraint(["entite_id"], ["entite.id"], name=op.f("fk_demande_entite_id")),
        sa.ForeignKeyConstraint(
            ["habilitation_id"], ["habilitation.id"], name=op.f("fk_demande_habilitation_id")
        ),
        sa.ForeignKeyConstraint(["niveau_id"], ["niveau.id"], name=op.f("fk_demande_niveau_id")),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_demande")),
        sqlite_autoincrement=True,
    )
    with op.batch_alter_table("demande") as lot:
        lot.create_index("ix_demande_entite", ["entite_id", "etat", "id"], unique=False)
        lot.create_index("ix_demande_etat", ["etat", "id"], unique=False)
        lot.create_index(
            "uq_demande_ouverte",
            ["entite_id", "niveau_id"],
            unique=True,
            sqlite_where=sa.text("etat IN ('brouillon','transmise','a_completer')"),
            postgresql_where=sa.text("etat IN ('brouillon','transmise','a_completer')"),
        )
    op.create_table(
        "evenement_demande",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demande_id", sa.Integer(), nullable=False),
        sa.Column("quand", Instant(), nullable=False),
        sa.Column("acteur_id", sa.Integer(), nullable=False),
        sa.Column("role", sa.String(length=20), nullable=False),
        sa.Column("action", sa.String(length=24), nullable=False),
        sa.Column("version_avant", sa.Integer(), nullable=False),
        sa.Column("empreinte", sa.String(length=64), nullable=False),
        sa.Column("detail", sa.String(length=300), nullable=False),
        sa.Column("commentaire", sa.Text(), nullable=False),
        sa.ForeignKeyConstraint(["acteur_id"], ["individu.id"], name=op.f("fk_evenement_demande_acteur_id")),
        sa.ForeignKeyConstraint(
            ["demande_id"], ["demande.id"], name=op.f("fk_evenement_demande_demande_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_evenement_demande")),
    )
    with op.batch_alter_table("evenement_demande") as lot:
        lot.create_index(lot.f("ix_evenement_demande_demande_id"), ["demande_id"], unique=False)
    op.create_table(
        "piece_jointe",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demande_id", sa.Integer(), nullable=False),
        sa.Column("nom", sa.String(length=120), nullable=False),
        sa.Column("type_mime", sa.String(length=40), nullable=False),
        sa.Column("taille", sa.Integer(), nullable=False),
        sa.Column("sha256", sa.String(length=64), nullable=False),
        sa.Column("cle", sa.String(length=120), nullable=False),
        sa.Column("ajoutee_par_id", sa.Integer(), nullable=False),
        sa.Column("ajoutee_le", Instant(), nullable=False),
        sa.ForeignKeyConstraint(
            ["ajoutee_par_id"], ["individu.id"], name=op.f("fk_piece_jointe_ajoutee_par_id")
        ),
        sa.ForeignKeyConstraint(
            ["demande_id"], ["demande.id"], name=op.f("fk_piece_jointe_demande_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_piece_jointe")),
        sa.UniqueConstraint("cle", name=op.f("uq_piece_jointe_cle")),
    )
    with op.batch_alter_table("piece_jointe") as lot:
        lot.create_index(lot.f("ix_piece_jointe_demande_id"), ["demande_id"], unique=False)
    op.create_table(
        "plateforme_demandee",
        sa.Column("id", sa.Integer(), nullable=False),
        sa.Column("demande_id", sa.Integer(), nullable=False),
        sa.Column("code_postal", sa.String(length=5), nullable=False),
        sa.Column("ville", sa.String(length=80), nullable=False),
        sa.ForeignKeyConstraint(
            ["demande_id"], ["demande.id"], name=op.f("fk_plateforme_demandee_demande_id"), ondelete="CASCADE"
        ),
        sa.PrimaryKeyConstraint("id", name=op.f("pk_plateforme_demandee")),
    )
    with op.batch_alter_table("plateforme_demandee") as lot:
        lot.create_index(lot.f("ix_plateforme_demandee_demande_id"), ["demande_id"], unique=False)
    with op.batch_alter_table("connexion") as lot:
        lot.add_column(sa.Column("appareil", sa.String(length=80), server_default="", nullable=False))
        lot.add_column(
            sa.Column("second_facteur", sa.Boolean(), server_default=sa.false(), nullable=False)
        )
    with op.batch_alter_table("courrier") as lot:
        lot.add_column(sa.Column("adresse", sa.String(length=254), nullable=True))
    with op.batch_alter_table("dispositif") as lot:
        lot.add_column(sa.Column("archive_le", sa.Date(), nullable=True))
    with op.batch_alter_table("entite") as lot:
        lot.add_column(sa.Column("siret", sa.String(length=14), server_default="", nullable=False))
        lot.add_column(sa.Column("email", sa.String(length=254), server_default="", nullable=False))
        lot.add_column(sa.Column("telephone", sa.String(length=20), server_default="", nullable=False))
        lot.create_index("ix_entite_raison_sociale", ["raison_sociale", "id"], unique=False)
        lot.create_index(
            "uq_entite_siret",
            ["siret"],
            unique=True,
            sqlite_where=sa.text("siret <> ''"),
            postgresql_where=sa.text("siret <> ''"),
        )
    # Written out, so that SQLite adds the column in place: a copied table forgets the numbers it has given.
    op.execute(
        "ALTER TABLE individu ADD COLUMN fusionne_dans_id INTEGER"
        " CONSTRAINT fk_individu_fusionne_dans_id REFERENCES individu (id)"
    )
    with op.batch_alter_table("individu") as lot:
        lot.add_column(sa.Column("efface_le", Instant(), nullable=True))
        lot.add_column(sa.Column("totp_secret", sa.LargeBinary(), nullable=True))
        lot.add_column(sa.Column("totp_depuis", Instant(), nullable=True))
        lot.add_column(sa.Column("totp_pas", sa.Integer(), nullable=True))
        lot.add_column(sa.Column("totp_attente", sa.LargeBinary(), nullable=True))
        lot.create_index("ix_individu_date_naissance", ["date_naissance"], unique=False)
        lot.create_index(lot.f("ix_individu_fusionne_dans_id"), ["fusionne_dans_id"], unique=False)
    op.execute(
        "ALTER TABLE session_certification ADD COLUMN nom_commercial_id INTEGER"
        " CONSTRAINT fk_session_certification_nom_commercial_id REFERENCES nom_commercial (id)"
    )
    op.create_index(
        "ix_session_certification_nom_commercial_id", "session_certification", ["nom_commercial_id"]
    )
    _retenir_les_mots()


def _retenir_les_mots() -> None:
    """Make everybody who is there already findable."""
    base = op.get_bind()
    entites = base.execute(sa.text("SELECT id, raison_sociale, ville, code_postal FROM entite"))
    individus = base.execute(sa.text("SELECT id, numero, nom, prenom, email FROM individu"))
    for table, colonne, lignes in (
        ("mot_entite", "entite_id", entites.all()),
        ("mot_individu", "individu_id", individus.all()),
    ):
        for qui, *textes in lignes:
            trouves = {mot[:80] for t in textes if t for mot in (*cle_v1.mots(t), cle_v1.cle(t)) if mot}
            for mot in sorted(trouves):
                base.execute(
                    sa.text(f"INSERT INTO {table} ({colonne}, mot) VALUES (:qui, :mot)"),
                    {"qui": qui, "mot": mot},
                )


def downgrade() -> None:
    sequence = _derniers_numeros()
    with op.batch_alter_table("session_certification", table_kwargs={"sqlite_autoincrement": True}) as lot:
        lot.drop_index(lot.f("ix_session_certification_nom_commercial_id"))
        lot.drop_column("nom_commercial_id")
    if sequence is not None:  # the copy starts from the rows that are left
        op.execute(
            sa.text("UPDATE sqlite_sequence SET seq = :n WHERE name = 'session_certification'").bindparams(
                n=sequence
            )
        )
    with op.batch_alter_table("individu") as lot:
        lot.drop_index(lot.f("ix_individu_fusionne_dans_id"))
        lot.drop_index("ix_individu_date_naissance")
        lot.drop_column("totp_attente")
        lot.drop_column("totp_pas")
        lot.drop_column("totp_depuis")
        lot.drop_column("totp_secret")
        lot.drop_column("efface_le")
        lot.drop_column("fusionne_dans_id")
    with op.batch_alter_table("entite") as lot:
        lot.drop_index(
            "uq_entite_siret", sqlite_where=sa.text("siret <> ''"), postgresql_where=sa.text("siret <> ''")
        )
        lot.drop_index("ix_entite_raison_sociale")
        lot.drop_column("telephone")
        lot.drop_column("email")
        lot.drop_column("siret")
    with op.batch_alter_table("dispositif") as lot:
        lot.drop_column("archive_le")
    with op.batch_alter_table("courrier") as lot:
        lot.drop_column("adresse")
    with op.batch_alter_table("connexion") as lot:
        lot.drop_column("second_facteur")
        lot.drop_column("appareil")
    with op.batch_alter_table("plateforme_demandee") as lot:
        lot.drop_index(lot.f("ix_plateforme_demandee_demande_id"))
    op.drop_table("plateforme_demandee")
    with op.batch_alter_table("piece_jointe") as lot:
        lot.drop_index(lot.f("ix_piece_jointe_demande_id"))
    op.drop_table("piece_jointe")
    with op.batch_alter_table("evenement_demande") as lot:
        lot.drop_index(lot.f("ix_evenement_demande_demande_id"))
    op.drop_table("evenement_demande")
    with op.batch_alter_table("demande") as lot:
        lot.drop_index(
            "uq_demande_ouverte",
            sqlite_where=sa.text("etat IN ('brouillon','transmise','a_completer')"),
            postgresql_where=sa.text("etat IN ('brouillon','transmise','a_completer')"),
        )
        lot.drop_index("ix_demande_etat")
        lot.drop_index("ix_demande_entite")
    op.drop_table("demande")
    op.drop_table("nom_commercial")
    with op.batch_alter_table("mot_entite") as lot:
        lot.drop_index("ix_mot_entite_mot", postgresql_ops={"mot": "varchar_pattern_ops"})
    op.drop_table("mot_entite")
    with op.batch_alter_table("mot_individu") as lot:
        lot.drop_index("ix_mot_individu_mot", postgresql_ops={"mot": "varchar_pattern_ops"})
    op.drop_table("mot_individu")
    with op.batch_alter_table("lien_compte") as lot:
        lot.drop_index(lot.f("ix_lien_compte_individu_id"))
        lot.drop_index(lot.f("ix_lien_compte_expire_le"))
    op.drop_table("lien_compte")
    with op.batch_alter_table("geste_fait") as lot:
        lot.drop_index(lot.f("ix_geste_fait_fait_le"))
        lot.drop_index(lot.f("ix_geste_fait_acteur_id"))
    op.drop_table("geste_fait")
    with op.batch_alter_table("code_secours") as lot:
        lot.drop_index(lot.f("ix_code_secours_individu_id"))
    op.drop_table("code_secours")
    with op.batch_alter_table("cle_acces") as lot:
        lot.drop_index(lot.f("ix_cle_acces_individu_id"))
    op.drop_table("cle_acces")


def _derniers_numeros() -> int | None:
    base = op.get_bind()
    if base.dialect.name != "sqlite":
        return None
    return base.scalar(sa.text("SELECT seq FROM sqlite_sequence WHERE name = 'session_certification'"))
