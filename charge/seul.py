"""One visitor, page by page: what each page of a space takes, beside the bare page asked for in turn."""

from dataclasses import dataclass
from statistics import median

from certif.socle.horloge import aujourd_hui
from charge.pages import Espace, Page
from charge.taille import PREMIERE_ENTITE, Taille
from charge.visite import Demande, Directe, Visiteur

ADMINISTRATEUR = "admin@certif.example"
ORDINAIRE, GRANDE, FORMATEUR, ADMINISTRATION = (
    "entité ordinaire",
    "grande entité",
    "formateur",
    "administration",
)


@dataclass(frozen=True, slots=True)
class Mesure:
    """A page of a space: its median, and how many times that of the bare page of the same moments."""

    espace: str
    page: str
    ms: float
    nue_ms: float
    fois: float


def mesurer(site: int, nue: int, taille: Taille, tours: int) -> list[Mesure]:
    """Every page of the four spaces, each `tours` times in turn with the bare one."""
    a_nu = Directe(nue)
    return [
        _mesurer(espace, page, visiteur, a_nu, tours)
        for espace, visiteur, pages in espaces(site, taille)
        for page in pages
    ]


def espaces(site: int, taille: Taille) -> list[tuple[str, Visiteur, list[Page]]]:
    """Each space, somebody who is in it, and its pages."""
    trouves = []
    for espace, email in (
        (ORDINAIRE, taille.petite(0)),
        (GRANDE, taille.grande(0)),
        (FORMATEUR, taille.formateur(0)),
        (ADMINISTRATION, ADMINISTRATEUR),
    ):
        visiteur = Visiteur(Directe(site))
        visiteur.entrer(email, "<h1")
        trouves.append((espace, visiteur, _pages(espace, visiteur, taille)))
    return trouves


def _pages(espace: str, qui: Visiteur, taille: Taille) -> list[Page]:
    """By links, then what is only searched for."""
    if espace is ADMINISTRATION:
        registre = "/administration/registre?entite=organisme+0"
        mois = f"{registre}&du=01/{aujourd_hui():%m/%Y}&au={aujourd_hui():%d/%m/%Y}"
        pages = Espace(qui, "/administration/").pages(registre, mois)
        recherche = {"recherche": "lef"}
        for liste in ("individus", "qualifications"):
            adresse = f"/administration/{liste}/recherche"
            pages.append(Page(f"{adresse} (nom)", adresse, "<h1", recherche))
        return pages
    if espace is FORMATEUR:
        racine = "/formateur/"
    else:
        rang = 0 if espace is GRANDE else taille.grandes
        racine = f"/entite/{PREMIERE_ENTITE + rang}/"
    pages = Espace(qui, racine).pages(f"{racine}sessions/en-cours?recherche=12")
    adresse = f"{racine}sessions/en-cours/nom"
    return [*pages, Page(f"{adresse} (nom)", adresse, "<h1", {"nom": "lefevre"})]


def _mesurer(espace: str, page: Page, qui: Visiteur, a_nu: Directe, tours: int) -> Mesure:
    direct = qui.envoyer
    assert isinstance(direct, Directe)
    temps, temps_nus = [], []
    page.lire(qui)
    for _ in range(tours):
        page.lire(qui)
        temps.append(direct.secondes)
        a_nu(Demande("nue", "GET", f"/{PREMIERE_ENTITE}"))
        temps_nus.append(a_nu.secondes)
    ms, nue_ms = 1000 * median(temps), 1000 * median(temps_nus)
    return Mesure(espace, page.nom, round(ms, 1), round(nue_ms, 2), round(ms / nue_ms, 2))
