"""The login form: its shape only."""

from flask_wtf import FlaskForm
from wtforms import PasswordField, StringField


class FormulaireConnexion(FlaskForm):
    """Whatever is wrong gets the same words, so nothing here names a field."""

    identifiant = StringField()
    mot_de_passe = PasswordField()
    suivant = StringField()

    @property
    def rempli(self) -> bool:
        """Whether both fields hold something."""
        return bool((self.identifiant.data or "").strip() and self.mot_de_passe.data)
