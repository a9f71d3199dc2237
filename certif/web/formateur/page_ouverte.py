"""A tab of the formateur as it is now, for who has it open from before."""

from certif.web.formateur.stagiaires.formulaires import fragments, vue_de
from certif.web.htmx import Fragment
from certif.web.pages_ouvertes import relire_par
from certif.web.sessions.cadre import fragments_du_cadre


def relire(numero: int, onglet: str) -> list[Fragment]:
    """The tab and its frame.

    Raises:
        Introuvable: the session is not this formateur's to open, or not any more.
    """
    vue = vue_de(numero)
    return fragments(vue) if onglet == "stagiaires" else fragments_du_cadre(vue.cadre)


relire_par("formateur", relire)
