"""Qualifications from a table: sent, checked line by line, confirmed once.

What was read waits, encrypted, between the preview and its confirmation: no name stands in an address.
"""

import secrets
from dataclasses import asdict
from typing import Any

from flask import Response, flash, make_response, render_template, request, url_for
from flask.typing import ResponseReturnValue

from certif.domaine.erreurs import ActionImpossible, ErreurMetier, SaisieInvalide, ServiceIndisponible
from certif.domaine.libelles import saisie as textes_du_tableau
from certif.domaine.libelles.referentiel import qualifications as textes
from certif.domaine.referentiel import import_qualifications as imports
from certif.domaine.referentiel.import_qualifications import COLONNES, LigneJugee, Verdict
from certif.domaine.referentiel.lectures import niveaux_a_certifier
from certif.domaine.tableaux import LigneLue, Tableau, reperer
from certif.domaine.une_fois import deja_fait, une_fois
from certif.socle.base.pagination import Place, decouper
from certif.socle.tableur import tableur
from certif.web import tableau_envoye
from certif.web.acces import acteur
from certif.web.administration.accueil import bp
from certif.web.adresses import ecrire_place, lire_place
from certif.web.document import reponse_classeur
from certif.web.erreurs import statut_de
from certif.web.fiches import Badge
from certif.web.htmx import redirection

_ADRESSE = "/qualifications/importer"
_ENTETES = [c.entete for c in COLONNES]
_GENRES = {
    Verdict.ACCORDEE: "succes",
    Verdict.PROLONGE: "succes",
    Verdict.DEJA_LA: "neutre",
    Verdict.ERREUR: "danger",
}
_TOUTES = "toutes"


@bp.get(_ADRESSE)
def importer() -> str:
    """The form: a file, or pasted cells."""
    return _formulaire()


@bp.post(_ADRESSE)
def lire_le_tableau() -> ResponseReturnValue:
    """Read the table, keep its lines for a while, and lead to what would come of them."""
    collees = request.form.get("lignes", "")
    try:
        table, champ = tableau_envoye.lire_la_table(tableur.lire_texte)
        cle = _conserver(reperer(table, COLONNES, champ))
    except (SaisieInvalide, ServiceIndisponible) as refus:
        erreurs = refus.champs if isinstance(refus, SaisieInvalide) else {"fichier": [refus.message]}
        return _formulaire(collees, erreurs), statut_de(refus)
    return redirection(url_for("administration.apercu_import", saisie=cle))


@bp.get(f"{_ADRESSE}/modele")
def modele_import() -> Response:
    """A workbook to fill in, with the niveaux as they are written."""
    niveaux = [["Dispositif niveau"], *([n.libelle] for n in niveaux_a_certifier())]
    return reponse_classeur({"Qualifications": [_ENTETES], "Dispositifs": niveaux}, "qualifications.xlsx")


@bp.get(f"{_ADRESSE}/apercu")
def apercu_import() -> ResponseReturnValue:
    """What would come of each line, with what is stored now."""
    cle = request.args.get("saisie", "")
    tableau = _retrouver(cle)
    return _perime() if tableau is None else _apercu(cle, tableau)


@bp.post(f"{_ADRESSE}/apercu")
def confirmer_import() -> ResponseReturnValue:
    """Write the good lines, once, if they still lead to what was shown."""
    cle, jeton = request.form.get("saisie", ""), request.form.get("jeton", "")
    qui = acteur().individu_id
    fait = deja_fait(qui, jeton)
    if fait is None:
        tableau = _retrouver(cle)
        if tableau is None:
            return _perime()
        lignes, empreinte = tableau.retenues(_avec_masque()), request.form.get("empreinte", "")
        try:
            fait = une_fois(qui, jeton, lambda: imports.importer(acteur(), lignes, empreinte))
        except ActionImpossible as refus:
            return make_response(_apercu(cle, tableau, refus), statut_de(refus))
    return _conclure(cle, fait)


def _conclure(cle: str, faites: int) -> Response:
    """Back to the list; to the preview as long as lines remain to be corrected, which it can give back."""
    tableau = _retrouver(cle)
    restent = _en_erreur(tableau) if tableau else []
    flash(textes.importees(faites, len(restent)), "attention" if restent else "succes")
    if restent:
        return redirection(_adresse_apercu(cle, masque=_avec_masque()))
    tableau_envoye.oublier(cle)
    return redirection(url_for("administration.qualifications"))


@bp.get(f"{_ADRESSE}/erreurs")
def erreurs_import() -> ResponseReturnValue:
    """The lines in error as a workbook: once corrected, it is imported as it is."""
    tableau = _retrouver(request.args.get("saisie", ""))
    if tableau is None:
        return _perime()
    rangees = [
        [*(j.lue.textes.get(c.nom, "") for c in COLONNES), str(j.lue.numero), " ".join(_dites(j))]
        for j in _en_erreur(tableau)
    ]
    return reponse_classeur({"À corriger": [[*_ENTETES, "Ligne", "Erreur"], *rangees]}, "a-corriger.xlsx")


def _avec_masque() -> bool:
    """Whether what the table hides was asked for."""
    return request.values.get("masque") == "1"


def _adresse_apercu(cle: str, *, masque: bool, **suite: Any) -> str:
    """The preview, with what the table hides or without."""
    return url_for("administration.apercu_import", saisie=cle, masque="1" if masque else None, **suite)


def _en_erreur(tableau: Tableau) -> list[LigneJugee]:
    examen = imports.examiner(acteur(), tableau.retenues(_avec_masque()))
    return [j for j in examen.lignes if j.verdict is Verdict.ERREUR]


def _conserver(tableau: Tableau) -> str:
    cle = tableau_envoye.garder(asdict(tableau), url_for("administration.importer"))
    if cle is None:
        raise SaisieInvalide({"fichier": [textes.TROP_LONG]})
    return cle


def _retrouver(cle: str) -> Tableau | None:
    lu = tableau_envoye.retrouver(cle, url_for("administration.importer"))
    if lu is None:
        return None
    return Tableau(lignes=[LigneLue(**ligne) for ligne in lu.pop("lignes")], **lu)


def _formulaire(collees: str = "", erreurs: dict[str, list[str]] | None = None) -> str:
    return render_template(
        "administration/importer.html",
        lignes=collees,
        erreurs=erreurs or {},
        resume=[(champ, " ".join(messages)) for champ, messages in (erreurs or {}).items()],
    )


def _apercu(cle: str, tableau: Tableau, refus: ErreurMetier | None = None) -> str:
    """One page of the lines of one verdict; those in error first, if there are any."""
    examen = imports.examiner(acteur(), tableau.retenues(_avec_masque()))
    choisi = request.args.get("verdict", "") or (
        Verdict.ERREUR if examen.combien(Verdict.ERREUR) else _TOUTES
    )
    vues = [j for j in examen.lignes if choisi not in set(Verdict) or j.verdict == choisi]
    page = decouper(vues, lire_place(request.args.get("page", "")))

    def adresse(verdict: str, place: Place | None = None) -> str:
        page = ecrire_place(place) if place else None
        return _adresse_apercu(cle, masque=_avec_masque(), verdict=verdict, page=page or None)

    comptes: list[tuple[str, str, int]] = [(_TOUTES, "Toutes", len(examen.lignes))]
    comptes += [(v.value, textes.VERDICTS[v], n) for v in Verdict if (n := examen.combien(v))]
    return render_template(
        "administration/apercu_import.html",
        examen=examen,
        page=page,
        lignes=[(j, Badge(_GENRES[j.verdict], textes.VERDICTS[j.verdict]), _dites(j)) for j in page.lignes],
        puces=[
            {"libelle": dit, "compte": n, "href": adresse(v), "actif": v == choisi} for v, dit, n in comptes
        ],
        precedente=adresse(choisi, page.precedente) if page.precedente else None,
        suivante=adresse(choisi, page.suivante) if page.suivante else None,
        erreurs=examen.combien(Verdict.ERREUR),
        confirmer=textes.confirmer(examen.a_ecrire),
        erreurs_laissees=textes.ERREURS_LAISSEES,
        refus=refus.message if refus else "",
        **_ce_qui_ne_se_voit_pas(cle, tableau),
        saisie=cle,
        jeton=secrets.token_urlsafe(32),
    )


def _ce_qui_ne_se_voit_pas(cle: str, tableau: Tableau) -> dict[str, Any]:
    """Which sheet was read, and what it hides."""
    compris = _avec_masque()
    entetes = [c.entete for c in COLONNES if c.nom in tableau.colonnes_masquees]
    return {
        "masque": "1" if compris else "",
        "masque_dit": textes_du_tableau.masque(tableau.masquees, entetes, compris=compris),
        "masque_href": _adresse_apercu(cle, masque=not compris),
        "feuille_dite": textes_du_tableau.feuille_lue(
            tableau.feuille, tableau.autres_feuilles, tableau.feuilles_masquees
        ),
    }


def _dites(jugee: LigneJugee) -> list[str]:
    """Its errors, each with its column."""
    entetes = {c.nom: c.entete for c in COLONNES}
    return [f"{entetes[colonne]}\u00a0: {message}" for colonne, message in jugee.erreurs.items()]


def _perime() -> Response:
    flash(textes.APERCU_PERIME, "attention")
    return redirection(url_for("administration.importer"))
