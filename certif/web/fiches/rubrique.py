"""What a rubrique is: its list, its records, and what can be done to them."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from certif.domaine.acteur import Acteur
from certif.socle.base.pagination import PageDe, Question
from certif.web.fiches.champs import Champ
from certif.web.fiches.presentation import Colonne, Fiche, Ligne, Puces

Valeurs = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Recapitulatif:
    """What a geste will do, said before it is done; `lignes` name what it touches.

    `autres`: further titles, each with its lines; one without lines is left out.
    """

    phrases: Sequence[str]
    titre_des_lignes: str = ""
    lignes: Sequence[str] = ()
    autres: Sequence[tuple[str, Sequence[str]]] = ()

    @property
    def listes(self) -> list[tuple[str, Sequence[str]]]:
        """Every title that has lines."""
        return [liste for liste in ((self.titre_des_lignes, self.lignes), *self.autres) if liste[1]]


def _aucun_champ(_: Any) -> Sequence[Champ]:
    return ()


def _aucune_valeur(_: Any) -> Valeurs:
    return {}


def _toujours(_: Any) -> bool:
    return True


@dataclass(frozen=True, kw_only=True)
class Geste:
    """A form that changes a record.

    `appliquer(acteur, objet, **valeurs)` is the action of the domain; it may return the identifier of what
    it made. `offert(objet)` says whether the geste makes sense now: the page shows it then only; the action
    still judges. `valeurs(objet)` fills the form: whoever posts it over something else is told so. What
    `recapituler` returns is shown and confirmed before anything is done; `au_besoin`, it may return None, and
    `appliquer` is told, as `confirme`, whether it was confirmed. A second click does nothing.
    `dans` is the title of the section of the record where its button stands, above them all when empty.
    `vers(objet, result)` is where it leads, the record itself by default.
    """

    nom: str
    libelle: str
    appliquer: Callable[..., int | None]
    fait: str
    champs: Callable[[Any], Sequence[Champ]] = _aucun_champ
    valeurs: Callable[[Any], Valeurs] = _aucune_valeur
    offert: Callable[[Any], bool] = _toujours
    recapituler: Callable[..., Recapitulatif | None] | None = None
    au_besoin: bool = False
    introduction: str = ""
    bouton: str = "Enregistrer"
    danger: bool = False
    dans: str = ""
    vers: Callable[[Any, int | None], str] | None = None


@dataclass(frozen=True, kw_only=True)
class Creation(Geste):
    """The geste that makes a record, of nothing: `appliquer(acteur, **valeurs)` returns its identifier."""

    nom: str = "nouveau"
    bouton: str = "Créer"


@dataclass(frozen=True, kw_only=True)
class Rubrique:
    """A kind of records.

    `lister(acteur, question)` gives a page of rows, each shown by `ligne(row)`, whose `href` is the record's
    when it is left empty. `identifiant(row)` names it in addresses. `charger(acteur, identifiant)` is the
    authorisation: Introuvable for whatever this actor may not see. `recherche` says what the search box
    finds; when it is `privee`, what is typed may name a person and stands in no address. `criteres` are
    asked for at each list when they are a function. `liens`: label and endpoint of what else is done there.
    `soeurs`: name and label of the rubriques where a search that found nothing may go on; after a private
    one, private ones only.
    `reste(record)`: under which identifier a record is kept, where another may lead to it; its page is there,
    and a geste asked for under the other, which may have been meant for something else, is not done.
    """

    nom: str
    titre: str
    singulier: str
    pluriel: str
    colonnes: Sequence[Colonne]
    lister: Callable[[Acteur, Question], PageDe[Any]]
    ligne: Callable[[Any], Ligne]
    charger: Callable[[Acteur, Any], Any] | None = None
    presenter: Callable[[Any], Fiche] | None = None
    identifiant: Callable[[Any], int | str] = field(default=lambda objet: objet.id)
    reste: Callable[[Any], int | str] | None = None
    convertisseur: str = "int"
    recherche: str = ""
    privee: bool = False
    puces: Sequence[Puces] = ()
    criteres: Sequence[Champ] | Callable[[], Sequence[Champ]] = ()
    gestes: Sequence[Geste] = ()
    creation: Creation | None = None
    liens: Sequence[tuple[str, str]] = ()
    soeurs: Sequence[tuple[str, str]] = ()
    vide: tuple[str, str] = ("Rien ici pour le moment", "")
