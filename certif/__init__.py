"""Certif: from the declaration of a certification session to its certificates."""

from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from flask import Flask

    from certif.config import Config


def create_app(config: "Config | None" = None) -> "Flask":
    """Build the web application; without `config`, from the environment.

    Raises:
        ConfigurationInvalide: the settings cannot be used.
    """
    # Imported here so that rules and documents can be used without loading the web.
    from certif.application import creer

    return creer(config)
