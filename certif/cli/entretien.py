"""What keeps the platform in order: its database, what waits, what is due, what must hold."""

import click
from flask import current_app
from flask.cli import with_appcontext
from sqlalchemy.exc import SQLAlchemyError

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
from certif.socle.stockage import StockageIndisponible

# The imports inside commands keep what they need out of the web processes.


@click.command(cls=Commande)
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
    mettre_a_jour()
    preparer_le_stockage()
    if config.demonstration:
        from certif import demo

        if fait := demo.charger():
            click.echo(fait)
    charger_referentiel()
    scelleur.cle()
    if message := scelleur.avertissement():
        click.echo(message, err=True)


@click.command(cls=Commande)
@with_appcontext
def reconcilier() -> None:
    """Remet en file ce qui attend d'être produit."""
    from certif import rythmes

    exiger_la_base()
    rythmes.reconcilier()


@click.command(cls=Commande)
@with_appcontext
def purger() -> None:
    """Efface ce dont le délai de conservation est passé."""
    from certif import rythmes

    exiger_la_base()
    effacer(rythmes.purger, rythmes.entretenir)


class Inverifiable(click.ClickException):
    """Told apart from what does not hold, by its exit status."""

    exit_code = 2

    def __init__(self) -> None:
        super().__init__("rien n’a pu être vérifié : la base ou l’espace de stockage ne répond pas.")


@click.command(cls=Commande)
@click.option("--reparer", is_flag=True, help="Remet en file ce qui attend ; n’efface rien.")
@with_appcontext
def verifier(reparer: bool) -> None:
    """Vérifie que tout tient : numéros, certificats, fichiers, registre, historique, courriers.

    Le site peut servir pendant ce temps. Se termine par 1 si quelque chose ne tient pas, par 2 si rien n’a pu
    être vérifié ; /sante redit le dernier résultat.
    """
    from certif import rythmes
    from certif.domaine.exploitation.invariants import verification
    from certif.socle.observation import derniere_verification

    try:
        if reparer:
            rythmes.reconcilier()
        ecarts = verification.verifier()
    except (StockageIndisponible, SQLAlchemyError) as erreur:
        raise Inverifiable from erreur
    click.echo("\n".join(map(str, ecarts)) or "Tout tient.")
    try:
        derniere_verification.noter(len(ecarts))
    except OSError as erreur:
        click.echo(f"Ce résultat n’a pas pu être gardé, /sante ne le dira pas : {raison(erreur)}.", err=True)
    if ecarts:
        raise click.exceptions.Exit(1)


@click.group()
def referentiel() -> None:
    """Les dispositifs et les certificats."""


@referentiel.command("charger", cls=Commande)
@with_appcontext
def charger() -> None:
    """Ajoute les dispositifs qui n’ont jamais été là ; ne touche à rien d’autre."""
    from certif.domaine.referentiel.initial import charger_referentiel

    mettre_a_jour()
    ajoutes = charger_referentiel()
    click.echo(f"Ajouté : {', '.join(ajoutes)}." if ajoutes else "Rien à ajouter : tout est déjà là.")


def _refuser_une_demonstration() -> None:
    """Everybody has read the password of its accounts; told from the table as any version left it."""
    from certif.domaine.acces.espaces import comptes_de_demonstration

    if not joindre().has_table("individu"):
        return
    if comptes := comptes_de_demonstration():
        raise click.ClickException(
            "cette base a servi à la démonstration, et le mot de passe de ses comptes est public "
            f"({', '.join(comptes)}). Donnez à la production un dossier de données et une base à elle."
        )
