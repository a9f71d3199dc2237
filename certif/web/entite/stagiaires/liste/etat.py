"""What the page of a list carries from one request to the next: the table itself, and what was decided of it.

The form holds all of it. Where no script runs, its fields also wait on the server for who sent them, so that
the preview has an address: no name stands in it.
"""

import itertools
import json
from collections.abc import Iterator
from urllib.parse import quote_plus

from flask import request, url_for
from werkzeug.datastructures import MultiDict

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.saisie import PAGE_INCOMPLETE
from certif.domaine.libelles.sessions import inscriptions as textes
from certif.domaine.sessions.inscriptions.colonnes import Colonnes, reconnaitre
from certif.domaine.sessions.inscriptions.examen import LIGNES_MAX
from certif.domaine.sessions.inscriptions.lecture import Ecrite, Liste
from certif.domaine.sessions.inscriptions.titres import ENSEMBLES, NOMMANTS, Sens
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.condense import condense
from certif.socle.horloge import aujourd_hui
from certif.socle.tableur.tableur import CELLULE_MAX, COLONNES_MAX, Rangee, Table
from certif.web import tableau_envoye
from certif.web.entiers import lire_entier

_MASQUEE = "*"
"""After the number of a row that its author does not see."""
Champs = MultiDict[str, str]
TABLE_MAX = 600_000
"""Bytes of the table as its form posts it: it goes back and forth, with what is corrected of it."""
CHAMPS = ("nom", "prenom", "date_naissance")


def liste_de(table: Table, champ: str) -> Liste:
    """A table that has just come, its columns recognised.

    Raises:
        SaisieInvalide: on `champ`: too many lines, or too much in them.
    """
    if len(table.rangees) > LIGNES_MAX + 1:  # one of them holds the headings
        raise SaisieInvalide({champ: [textes.TROP_DE_LIGNES]})
    if len(quote_plus(ecrire(table))) > TABLE_MAX:
        raise SaisieInvalide({champ: [textes.TROP_DE_TEXTE]})
    cachees = table.colonnes_masquees
    return Liste(table, reconnaitre(table.rangees, aujourd_hui(), cachees))


def liste_postee() -> Liste:
    """The list of the page, with what its reader typed and chose since.

    Raises:
        SaisieInvalide: no page of ours posts that.
    """
    return _lire(request.form)


def garder(liste: Liste, session_certif: SessionCertification, cle: str) -> str | None:
    """Keep it for who sent it, in the place of what has this key; its key, None if it is too much to keep."""
    return tableau_envoye.garder(champs_de(liste), _adresse(session_certif), cle)


def liste_gardee(session_certif: SessionCertification, cle: str) -> Liste | None:
    """What was kept under this key, for this person and this session; None if it no longer is."""
    champs = tableau_envoye.retrouver(cle, _adresse(session_certif))
    return None if champs is None else _lire(MultiDict(map(tuple, champs)))


def champs_de(liste: Liste) -> list[tuple[str, str]]:
    """The fields that say the same as this list, whatever was asked of it before."""
    champs = [("table", ecrire(liste.table)), ("origine", ecrire_l_origine(liste.table))]
    if liste.colonnes.choisies:
        champs += [(f"sens-{place}", sens.value) for place, sens in enumerate(liste.colonnes.sens)]
    for numero, ecrite in liste.corrections.items():
        valeurs = (ecrite.nom, ecrite.prenom, ecrite.naissance)
        champs += [(f"{champ}-{numero}", valeur) for champ, valeur in zip(CHAMPS, valeurs, strict=True)]
        champs += [(f"unique-{numero}", "1" if ecrite.un_seul_nom else ""), (f"lu-{numero}", "")]
    champs += [(f"laisser-{numero}", "1") for numero in sorted(liste.laissees)]
    champs += [(f"garder-{numero}", "1") for numero in sorted(liste.gardees)]
    return [*champs, ("annees", "1" * liste.annees), ("masque", "1" * liste.avec_masque)]


def ecrire(table: Table) -> str:
    """The rows as the hidden field of the page holds them: no cell has a tab or the end of a line."""
    lignes = ([f"{r.numero}{_MASQUEE * r.masquee}", *r.cellules] for r in table.rangees)
    return "\n".join(map("\t".join, lignes))


def ecrire_l_origine(table: Table) -> str:
    """What else the page keeps of the table: the sheet that was read, what it hides, how it counts days."""
    return json.dumps(
        [
            table.feuille,
            table.colonnes_masquees,
            table.autres_feuilles,
            table.feuilles_masquees,
            table.depuis_1904,
        ]
    )


def marque(ecrite: Ecrite) -> str:
    """What the fields of a row held when they were shown: what still holds it was not corrected."""
    return condense([ecrite.nom, ecrite.prenom, ecrite.naissance, ecrite.un_seul_nom])[:12]


def refus_des_colonnes(colonnes: Colonnes) -> str:
    """Why the columns that were chosen cannot be read; "" when they can."""
    lus = [sens for sens in colonnes.sens if sens is not Sens.IGNOREE]
    if not any(sens in NOMMANTS for sens in lus):
        return textes.AUCUN_NOM
    if len(set(lus)) < len(lus):
        return textes.DEUX_FOIS
    ensembles = [sens for sens in lus if sens in ENSEMBLES]
    if len(ensembles) > 1 or (ensembles and {Sens.NOM, Sens.PRENOM} & set(lus)):
        return textes.NOM_ET_ENSEMBLE
    return ""


def _adresse(session_certif: SessionCertification) -> str:
    return url_for("entite.liste", entite_id=session_certif.entite_id, numero=session_certif.numero)


def _lire(champs: Champs) -> Liste:
    table = _table(champs)
    return Liste(
        table,
        _colonnes(champs, table),
        dict(_corrections(champs, table)),
        _numeros(champs, "laisser-"),
        _numeros(champs, "garder-"),
        annees="1" in champs.getlist("annees"),
        avec_masque=_avec_masque(champs),
    )


def _table(champs: Champs) -> Table:
    try:
        lignes = champs.get("table", "").replace("\r\n", "\n").split("\n")
        rangees = [_rangee(*ligne.split("\t")) for ligne in lignes]
        feuille, masquees, autres, cachees, depuis_1904 = json.loads(champs.get("origine", ""))
        origine = _cellule(feuille), tuple(map(_entier, masquees))
        feuilles = tuple(map(_cellule, autres)), tuple(map(_cellule, cachees))
    except (ValueError, TypeError, RecursionError):
        raise SaisieInvalide({"table": [PAGE_INCOMPLETE]}) from None
    largeur = max(len(r.cellules) for r in rangees)
    croissants = all(a.numero < b.numero for a, b in itertools.pairwise(rangees))
    if len(rangees) > LIGNES_MAX + 1 or not 0 < largeur <= COLONNES_MAX or not croissants:
        raise SaisieInvalide({"table": [PAGE_INCOMPLETE]})
    return Table(rangees, *origine, *feuilles, depuis_1904 is True)


def _rangee(numero: str, *cellules: str) -> Rangee:
    lu = lire_entier(numero.removesuffix(_MASQUEE))
    return Rangee(_entier(lu), tuple(map(_cellule, cellules)), numero.endswith(_MASQUEE))


def _entier(lu: object) -> int:
    if type(lu) is not int or not 0 <= lu < 2**31:
        raise ValueError
    return lu


def _cellule(lue: object) -> str:
    if not isinstance(lue, str) or len(lue) > CELLULE_MAX:
        raise ValueError
    return lue


def _colonnes(champs: Champs, table: Table) -> Colonnes:
    """The columns as they are recognised, unless somebody chose otherwise."""
    cachees = () if _avec_masque(champs) else table.colonnes_masquees
    reconnues = reconnaitre(table.rangees, aujourd_hui(), cachees)
    if champs.get("ordre") in ("0", "1"):
        return reconnues.retournees(premier_est_le_nom=champs["ordre"] == "0")
    poses = [champs.get(f"sens-{place}", "") for place in range(len(reconnues.sens))]
    if ",".join(poses) == champs.get("vus") or not all(pose in set(Sens) for pose in poses):
        return reconnues
    return Colonnes(tuple(map(Sens, poses)), reconnues.entete, choisies=True)


def _avec_masque(champs: Champs) -> bool:
    """Whether what the table hides is read: as before, or as the button that was pressed turns it."""
    return (champs.get("masque") == "1") != ("retourner-masque" in champs)


def _corrections(champs: Champs, table: Table) -> Iterator[tuple[int, Ecrite]]:
    """Of the rows whose fields were shown, those that no longer hold what they held."""
    for rangee in table.rangees:
        numero = rangee.numero
        montree = champs.get(f"lu-{numero}")
        if montree is None:
            continue
        nom, prenom, naissance = (champs.get(f"{champ}-{numero}", "") for champ in CHAMPS)
        ecrite = Ecrite(nom, prenom, naissance, champs.get(f"unique-{numero}") == "1")
        if marque(ecrite) != montree:
            yield numero, ecrite


def _numeros(champs: Champs, debut: str) -> frozenset[int]:
    """The rows of which a box is ticked."""
    lus = (lire_entier(nom.removeprefix(debut)) for nom in champs if nom.startswith(debut))
    return frozenset(numero for numero in lus if numero is not None)
