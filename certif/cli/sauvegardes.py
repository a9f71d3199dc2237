"""Backups, made and restored."""

from collections.abc import Sequence
from pathlib import Path
from typing import IO, TYPE_CHECKING

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import OperationalError

from certif.cli.base import (
    Commande,
    effacer,
    exiger_la_base,
    joindre,
    mettre_a_jour,
    preparer_le_stockage,
    raison,
)
from certif.config import Config
from certif.sauvegarde import marque
from certif.socle.base import statistiques
from certif.socle.stockage import StockageIndisponible

if TYPE_CHECKING:
    from pyrage.x25519 import Identity

# The imports inside commands keep what they need out of the web processes.


@click.command(cls=Commande)
@click.argument("dossier", type=click.Path(file_okay=False, path_type=Path))
@with_appcontext
def sauvegarder(dossier: Path) -> None:
    """Retire de DOSSIER les sauvegardes qui ont 14 jours, puis y en écrit une, chiffrée.

    Elle contient la base et les fichiers, tels qu’à cet instant ; la clé privée de CERTIF_CLES_SAUVEGARDE,
    gardée ailleurs, est seule à l’ouvrir.
    """
    from pyrage.x25519 import Recipient

    from certif.sauvegarde import faire

    config: Config = current_app.config["CERTIF"]
    restees = faire.retirer_les_perimees(dossier)
    if not config.cles_de_sauvegarde:
        raise click.ClickException("CERTIF_CLES_SAUVEGARDE manque : qui pourrait ouvrir cette sauvegarde ?")
    exiger_la_base()
    try:
        destinataires = [Recipient.from_str(cle) for cle in config.cles_de_sauvegarde]
        fichier, compte = faire.sauvegarder(dossier, destinataires)
    except StockageIndisponible as erreur:
        raise click.ClickException(f"rien n’a été écrit. {erreur.message}") from erreur
    except faire.SauvegardeEnCours as erreur:
        raise click.ClickException("rien n’a été écrit : une autre sauvegarde commence ici.") from erreur
    except OSError as erreur:
        raise click.ClickException(f"rien n’a été écrit : {raison(erreur)}.") from erreur
    click.echo(f"{fichier} : {compte.lignes} lignes, {compte.fichiers} fichiers.")
    if restees:
        raise click.ClickException(f"à retirer à la main, elles ont 14 jours : {', '.join(restees)}.")


@click.command(cls=Commande)
@click.argument("fichier", required=False, type=click.Path(exists=True, dir_okay=False, path_type=Path))
@click.option("--cle", type=click.File(), help="Fichier de la clé privée d’age ; - pour l’entrée standard.")
@click.option("--sans-preuve", is_flag=True, help="Même si CERTIF_CLE_SECRETE n’est plus celle d’alors.")
@with_appcontext
def restaurer(fichier: Path | None, cle: IO[str] | None, sans_preuve: bool) -> None:
    """Remet la sauvegarde FICHIER dans une base vide, puis efface ce qui devait l'être.

    Sans FICHIER, achève une restauration faite autrement. Aucun numéro n’est réattribué. Les connexions sont
    fermées et les codes de remise n’ouvrent plus rien : ce qui l’a été depuis n’est pas dans la copie.
    """
    from certif import rythmes
    from certif.domaine.acces.authentification import fermer_les_connexions_de_tous
    from certif.domaine.certificats.remise.gestion import arreter_tous_les_codes
    from certif.domaine.sessions.numerotation import sauter_des_numeros

    joindre()
    if fichier is None and marque.incomplete():
        raise click.ClickException(marque.refus())
    if fichier is not None:
        _remettre(fichier, cle, prouvee=not sans_preuve)
    preparer_le_stockage()
    mettre_a_jour(avec_copie=False, pendant_une_restauration=True)
    dernier = sauter_des_numeros()
    fermer_les_connexions_de_tous()
    arreter_tous_les_codes()
    effacer(rythmes.purger, rythmes.entretenir)
    statistiques.etudier()
    marque.retirer()
    click.echo(f"Prêt. La prochaine session portera un numéro supérieur à {dernier}.")


def _remettre(fichier: Path, cle: IO[str] | None, *, prouvee: bool) -> None:
    from certif import migration
    from certif.sauvegarde import restaurer as restauration
    from certif.sauvegarde.archive import SauvegardeIllisible

    if cle is None:
        raise click.UsageError("--cle manque : la clé privée qui ouvre cette sauvegarde.")
    try:
        compte = restauration.charger(fichier, _cles(cle), migration.creer, prouvee=prouvee)
    except SauvegardeIllisible as erreur:
        raise click.ClickException(f"rien n’a été restauré : {erreur.message}") from erreur
    except StockageIndisponible as erreur:
        raise click.ClickException(f"rien n’a été restauré. {erreur.message}") from erreur
    except migration.VersionInconnue as erreur:
        raise click.ClickException(
            "rien n’a été restauré : cette sauvegarde vient d’une version plus récente de Certif."
        ) from erreur
    except restauration.OrigineInconnue as erreur:
        raise click.ClickException(
            "rien n’a été restauré : cette sauvegarde n’a pas été faite avec cette CERTIF_CLE_SECRETE, et "
            "rien ne dit qu’elle vient de cette plateforme. Si vous en êtes sûr, ajoutez --sans-preuve."
        ) from erreur
    except OperationalError as erreur:
        raise click.ClickException("rien n’a été restauré : la base de données ne répond plus.") from erreur
    except restauration.BaseOccupee as erreur:
        raise click.ClickException(
            "cette base n’est pas vide : rien n’a été touché. Donnez à la restauration un dossier de données "
            "neuf (CERTIF_DONNEES), ou une base neuve (DATABASE_URL)."
        ) from erreur
    click.echo(f"Restauré : {compte.lignes} lignes, {compte.fichiers} fichiers.")


def _cles(fichier: IO[str]) -> "Sequence[Identity]":
    from certif.sauvegarde.archive import SauvegardeIllisible, lire_les_cles

    try:
        return lire_les_cles(fichier.read())
    except UnicodeDecodeError as erreur:
        raise SauvegardeIllisible("la clé n’est pas une clé privée d’age.") from erreur
