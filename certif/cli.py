"""Commands of the application: `flask --app app --help` lists them."""

import os
from collections.abc import Callable
from pathlib import Path
from typing import IO

import click
from flask import Flask, current_app
from flask.cli import with_appcontext
from sqlalchemy import Inspector, inspect
from sqlalchemy.exc import SQLAlchemyError

from certif.config import Config
from certif.socle.base.copie_de_base import CopieImpossible
from certif.socle.base.extensions import db
from certif.socle.stockage import StockageIndisponible


def enregistrer(app: Flask) -> None:
    """Add the commands to the application."""
    for commande in (
        preparer,
        reconcilier,
        purger,
        sauvegarder,
        restaurer,
        retirer_la_double_authentification,
    ):
        app.cli.add_command(commande)
    for groupe in (administrateur, referentiel):
        app.cli.add_command(groupe)
    # Set by the command `flask`: web processes and workers migrate nothing.
    if os.environ.get("FLASK_RUN_FROM_CLI"):
        from certif import migration

        migration.installer(app)


# The imports inside commands keep what they need out of the web processes.


@click.command()
@with_appcontext
def preparer() -> None:
    """Met la base et le référentiel à jour ; en démonstration, la remplit si elle est vide.

    En production, refuse une base qui a servi à la démonstration. Ce qui est refusé l’est avant d’écrire.
    """
    from certif.depart import refus_du_sceau
    from certif.domaine.certificats.production import scelleur
    from certif.domaine.referentiel.initial import charger_referentiel

    config: Config = current_app.config["CERTIF"]
    if refus := refus_du_sceau(config):
        raise click.ClickException(refus)
    if not config.demonstration:
        _refuser_une_demonstration()
    _mettre_la_base_a_jour()
    if config.demonstration:
        from certif import demo

        if fait := demo.charger():
            click.echo(fait)
    charger_referentiel()
    scelleur.cle()
    if message := scelleur.avertissement():
        click.echo(message, err=True)


@click.command()
@with_appcontext
def reconcilier() -> None:
    """Remet en file ce qui attend d'être produit."""
    from certif import taches

    taches.reconcilier()


@click.command()
@with_appcontext
def purger() -> None:
    """Efface ce dont le délai de conservation est passé."""
    from certif import taches

    _effacer(taches.purger, taches.entretenir)


@click.command()
@click.argument("dossier", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def sauvegarder(dossier: Path) -> None:
    """Écrit dans DOSSIER une sauvegarde chiffrée ; en retire celles qui ont 14 jours.

    Elle contient la base et les fichiers, tels qu’à cet instant ; la clé privée de CERTIF_CLES_SAUVEGARDE,
    gardée ailleurs, est seule à l’ouvrir.
    """
    from pyrage.x25519 import Recipient

    from certif.sauvegarde import faire

    config: Config = current_app.config["CERTIF"]
    if not config.cles_de_sauvegarde:
        raise click.ClickException("CERTIF_CLES_SAUVEGARDE manque : qui pourrait ouvrir cette sauvegarde ?")
    _joindre_la_base()
    try:
        destinataires = [Recipient.from_str(cle) for cle in config.cles_de_sauvegarde]
        fichier, compte = faire.sauvegarder(dossier, destinataires)
    except StockageIndisponible as erreur:
        raise click.ClickException(f"rien n’a été écrit. {erreur.message}") from erreur
    except OSError as erreur:
        raise click.ClickException(f"rien n’a été écrit : {erreur.strerror or erreur}.") from erreur
    click.echo(f"{fichier} : {compte.lignes} lignes, {compte.fichiers} fichiers.")


@click.command()
@click.argument("fichier", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cle", type=click.File(), help="Fichier de la clé privée d’age ; - pour l’entrée standard.")
@with_appcontext
def restaurer(fichier: Path | None, cle: IO[str] | None) -> None:
    """Remet la sauvegarde FICHIER dans une base vide, puis efface ce qui devait l'être.

    Sans FICHIER, achève une restauration faite autrement. Aucun numéro n’est réattribué. Les connexions sont
    fermées et les codes de remise n’ouvrent plus rien : ce qui l’a été depuis n’est pas dans la copie.
    """
    from certif import taches
    from certif.domaine.acces.authentification import fermer_les_connexions_de_tous
    from certif.domaine.certificats.remise.gestion import arreter_tous_les_codes
    from certif.domaine.sessions.numerotation import sauter_des_numeros
    from certif.sauvegarde import restaurer as restauration

    if fichier is not None:
        _remettre(fichier, cle)
    _mettre_la_base_a_jour(avec_copie=False, pendant_une_restauration=True)
    dernier = sauter_des_numeros()
    fermer_les_connexions_de_tous()
    arreter_tous_les_codes()
    _effacer(taches.purger, taches.entretenir)
    restauration.terminer()
    click.echo(f"Prêt. La prochaine session portera un numéro supérieur à {dernier}.")


def _remettre(fichier: Path, cle: IO[str] | None) -> None:
    from certif import migration
    from certif.sauvegarde import restaurer as restauration
    from certif.sauvegarde.archive import SauvegardeIllisible, lire_les_cles

    if cle is None:
        raise click.UsageError("--cle manque : la clé privée qui ouvre cette sauvegarde.")
    _joindre_la_base()
    try:
        compte = restauration.charger(fichier, lire_les_cles(cle.read()), migration.creer)
    except SauvegardeIllisible as erreur:
        raise click.ClickException(f"rien n’a été restauré : {erreur.message}") from erreur
    except StockageIndisponible as erreur:
        raise click.ClickException(f"rien n’a été restauré. {erreur.message}") from erreur
    except migration.VersionInconnue as erreur:
        raise click.ClickException(
            "rien n’a été restauré : cette sauvegarde vient d’une version plus récente de Certif."
        ) from erreur
    except restauration.BaseOccupee as erreur:
        raise click.ClickException(
            "cette base n’est pas vide : rien n’a été touché. Donnez à la restauration un dossier de données "
            "neuf (CERTIF_DONNEES), ou une base neuve (DATABASE_URL)."
        ) from erreur
    click.echo(f"Restauré : {compte.lignes} lignes, {compte.fichiers} fichiers.")


@click.command("retirer-la-double-authentification")
@click.argument("identifiant")
@with_appcontext
def retirer_la_double_authentification(identifiant: str) -> None:
    """Pour qui a tout perdu (e-mail ou N° Forprev) : le mot de passe suffit de nouveau à sa connexion."""
    from certif.domaine.acces.double_authentification import retirer_depuis_le_serveur

    if not retirer_depuis_le_serveur(identifiant):
        raise click.ClickException("personne n’a cet identifiant.")
    click.echo("Double authentification et clés d’accès retirées, connexions fermées.")


@click.group()
def administrateur() -> None:
    """Les administrateurs de la plateforme."""


@administrateur.command("creer")
@click.option("--nom", prompt="Nom", help="Nom de famille.")
@click.option("--prenom", prompt="Prénom", help="Prénom.")
@click.option("--email", prompt="Adresse e-mail", help="Où l’invitation est envoyée.")
@with_appcontext
def creer_administrateur(nom: str, prenom: str, email: str) -> None:
    """Crée un administrateur et donne le lien où il choisira son mot de passe.

    Pour une adresse dont l’invitation n’a pas encore servi, donne un nouveau lien.
    """
    from certif.domaine.erreurs import ErreurMetier
    from certif.domaine.roles import arrivees

    _mettre_la_base_a_jour()
    try:
        lien = arrivees.creer(nom, prenom, email)
    except ErreurMetier as erreur:
        raise click.ClickException(erreur.message) from erreur
    click.echo("Lien d’invitation, valable 7 jours et une seule fois ; il part aussi par e-mail :")
    click.echo(lien)


@click.group()
def referentiel() -> None:
    """Les dispositifs et les certificats."""


@referentiel.command("charger")
@with_appcontext
def charger() -> None:
    """Ajoute les dispositifs qui n’ont jamais été là ; ne touche à rien d’autre."""
    from certif.domaine.referentiel.initial import charger_referentiel

    _mettre_la_base_a_jour()
    ajoutes = charger_referentiel()
    click.echo(f"Ajouté : {', '.join(ajoutes)}." if ajoutes else "Rien à ajouter : tout est déjà là.")


def _effacer(*taches: Callable[[], object]) -> None:
    """Run them all; say so, and fail, when one could not erase everything."""
    rates = []
    for tache in taches:
        try:
            tache()
        except Exception as erreur:  # noqa: BLE001 - the next one is due all the same
            rates.append(str(erreur) or type(erreur).__name__)
    if rates:
        raise click.ClickException(f"tout n’a pas pu être effacé : {', '.join(rates)}. Recommencez.")


def _refuser_une_demonstration() -> None:
    """Everybody has read the password of its accounts; told from the table as any version left it."""
    from certif.domaine.acces.espaces import comptes_de_demonstration

    if not _joindre_la_base().has_table("individu"):
        return
    if comptes := comptes_de_demonstration():
        raise click.ClickException(
            "cette base a servi à la démonstration, et le mot de passe de ses comptes est public "
            f"({', '.join(comptes)}). Donnez à la production un dossier de données et une base à elle."
        )


def _mettre_la_base_a_jour(*, avec_copie: bool = True, pendant_une_restauration: bool = False) -> None:
    """The command may be the first one of an installation, or find a backup of an older version.

    What a backup held is not copied: it would outlive the days that backups have (R18).
    """
    from certif import migration
    from certif.sauvegarde.restaurer import inachevee

    _joindre_la_base()
    if inachevee() and not pendant_une_restauration:
        raise click.ClickException(
            "une restauration a commencé dans cette base et n’a pas été achevée : lancez la commande "
            "« restaurer », sans fichier, puis recommencez."
        )
    try:
        migration.mettre_a_jour(avec_copie=avec_copie)
    except CopieImpossible as erreur:
        raise click.ClickException(
            "la base n’a pas pu être copiée avant sa mise à jour, qui n’a donc pas eu lieu : "
            "faites de la place dans le dossier de CERTIF_DONNEES, puis recommencez."
        ) from erreur


def _joindre_la_base() -> Inspector:
    """What the database holds; a database that does not answer is said by the name of its setting."""
    try:
        return inspect(db.engine)
    except SQLAlchemyError as erreur:
        raise click.ClickException(
            "DATABASE_URL : la base de données ne répond pas, ou refuse. Rien n’a été changé."
        ) from erreur
