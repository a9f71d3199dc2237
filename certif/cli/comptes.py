"""Accounts that nobody can help from inside: the first administrateur, a second factor that is lost."""

import click
from flask.cli import with_appcontext

from certif.cli.base import Commande, exiger_la_base, mettre_a_jour

# The imports inside commands keep what they need out of the web processes.


@click.group()
def administrateur() -> None:
    """Les administrateurs de la plateforme."""


@administrateur.command("creer", cls=Commande)
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

    mettre_a_jour()
    try:
        lien = arrivees.creer(nom, prenom, email)
    except ErreurMetier as erreur:
        raise click.ClickException(erreur.message) from erreur
    click.echo("Lien d’invitation, valable 7 jours et une seule fois ; il part aussi par e-mail :")
    click.echo(lien)


@click.command("retirer-la-double-authentification", cls=Commande)
@click.argument("identifiant")
@with_appcontext
def retirer_la_double_authentification(identifiant: str) -> None:
    """Pour qui a tout perdu (e-mail ou N° Forprev) : le mot de passe suffit de nouveau à sa connexion."""
    from certif.domaine.acces.double_authentification import retirer_depuis_le_serveur

    exiger_la_base()
    if not retirer_depuis_le_serveur(identifiant):
        raise click.ClickException("personne n’a cet identifiant.")
    click.echo("Double authentification et clés d’accès retirées, connexions fermées.")
