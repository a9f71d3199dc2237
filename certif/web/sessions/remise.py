"""The page of codes, to project or to print: the same for the entité and for the session's formateur (R9)."""

from dataclasses import dataclass

from flask import render_template

from certif.documents.rendu.qr import MARGE, chemin
from certif.domaine.acteur import Acteur
from certif.domaine.certificats.remise import codes
from certif.domaine.certificats.remise.lectures import cartes
from certif.domaine.libelles.certificats import remise as textes
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import date_de

PAR_FEUILLE = 6
"""Cards of a printed page."""


@dataclass(frozen=True, slots=True)
class Affiche:
    """One card: initials, the code in groups, its QR as the `d` of a path, seen with its white margin."""

    etiquette: str
    code: str
    trace: str
    vue: str


def page_de_remise(session_certif: SessionCertification, acteur: Acteur, retour: str) -> str:
    """Six cards a sheet; without any, the page says so. `retour` is where the session is.

    Raises:
        Introuvable, ActionImpossible, Refus: see `cartes`.
    """
    affiches = [_affiche(carte.etiquette, carte.code) for carte in cartes(acteur, session_certif.numero)]
    genere_le = session_certif.genere_le
    dernier_jour = delais.telechargeable_jusqu_au(date_de(genere_le)) if genere_le else None
    return render_template(
        "sessions/remise.html",
        session_certif=session_certif,
        feuilles=[affiches[i : i + PAR_FEUILLE] for i in range(0, len(affiches), PAR_FEUILLE)],
        homonymes=any(a.etiquette.endswith(")") for a in affiches),
        ou_saisir=codes.adresse_a_saisir(),
        valables=textes.valables_jusqu_au(dernier_jour) if dernier_jour else "",
        aucun=textes.formateur_sans_code(session_certif.entite.raison_sociale)
        if acteur.est_formateur
        else textes.AUCUN_CODE,
        retour=retour,
        textes=textes,
    )


def _affiche(etiquette: str, code: str) -> Affiche:
    cote, trace = chemin(codes.adresse_de(code))
    vue = f"{-MARGE} {-MARGE} {cote + 2 * MARGE} {cote + 2 * MARGE}"
    return Affiche(etiquette, codes.presenter(code), trace, vue)
