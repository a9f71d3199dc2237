"""A list of sessions as its page shows it, in any space: columns, filters, pages, search.

vue = vue_liste(acteur(), lire_filtres(liste, request.args), EspaceDeListe(...))
page_ou_fragments([("sessions/_liste.html", {"vue": vue})], lambda: render_template(..., vue=vue))
"""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property
from typing import Any

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.impression import Impression, impressions
from certif.domaine.certificats.premiers_pas import PremiersPas
from certif.domaine.libelles.ecrans import A_TRAITER, COLONNES, EN_COURS, RIEN_A_TRAITER, RIEN_EN_COURS
from certif.domaine.libelles.sessions import resultats as mots
from certif.domaine.libelles.sessions.etats import ETATS
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.droits.conditions import blocages
from certif.domaine.sessions.droits.relais import Relais, relais
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.listes import (
    Filtres,
    Liste,
    PageDeSessions,
    Tri,
    lister,
    resultats_envoyes,
)
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import tour_de
from certif.domaine.sessions.regles.resultats import Comptes
from certif.domaine.sessions.tour import Tour
from certif.socle.base.pagination import PREMIERE, Place
from certif.socle.horloge import aujourd_hui
from certif.web.menus import sessions_comptees
from certif.web.sessions.filtres import adresse_de, parametres

TITRES = {Liste.A_TRAITER: A_TRAITER, Liste.EN_COURS: EN_COURS}
VIDES = {Liste.A_TRAITER: RIEN_A_TRAITER, Liste.EN_COURS: RIEN_EN_COURS}
TITRES_COURTS = {Liste.A_TRAITER: "À traiter", Liste.EN_COURS: "En cours"}
AUTRE = {Liste.A_TRAITER: Liste.EN_COURS, Liste.EN_COURS: Liste.A_TRAITER}
"""Where a session is that is not in the list."""
AILLEURS = {
    Liste.A_TRAITER: "Chercher dans les sessions en cours",
    Liste.EN_COURS: "Chercher dans les sessions à traiter",
}
"""Where a search goes on that found nothing."""
LARGES = frozenset({Tri.INTERVENANT, Tri.MODIFICATION})
"""Columns that a narrow screen leaves out."""


@dataclass(frozen=True, kw_only=True)
class EspaceDeListe:
    """How one space shows its lists.

    `adresse` is the list's own, without query; `ouvrir` and `supprimer` give a session's page and the page
    that confirms its deletion, or None. `par_nom` takes the search by a person's name, by POST, and `creer`
    a new session, with the one-time `jeton` of this page ("": none); `demander`, an
    habilitation, for who has none yet. `modeles`: those that `creer` may open it from, id and name, and where
    `tous_les_modeles` are. `premiers_pas`: what an entité that begins, called `raison_sociale`, has
    still to do. `interne`: the entité's own internal references and its formateurs are
    searched too. `aide_vide`: what an empty list teaches. `autre` and `autre_par_nom`: where the other list
    is, and searched by a name.
    """

    adresse: str
    colonnes: Sequence[Tri]
    ouvrir: Callable[[SessionCertification], str | None]
    supprimer: Callable[[SessionCertification], str | None] | None = None
    par_nom: str = ""
    autre: str = ""
    autre_par_nom: str = ""
    premiers_pas: PremiersPas | None = None
    raison_sociale: str = ""
    interne: bool = False
    par_declarant: bool = False
    creer: str = ""
    demander: str = ""
    jeton: str = ""
    modeles: Sequence[tuple[int, str]] = ()
    tous_les_modeles: str = ""
    aide_vide: Mapping[Liste, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Ligne:
    """One session of the list; who issued its certificates and what they certify, as they print it.

    `resultats` reads "11 réussites, 1 échec", once they were sent.
    """

    session_certif: SessionCertification
    entite: str
    dispositif_niveau: str
    certificat: str
    resultats: str
    intervenant: str
    etat_libelle: str
    tour: Tour
    bloquee: bool
    href: str | None
    supprimer: str | None

    def dit(self, tri: Tri) -> bool:
        """Whether it has anything in this column; who moved what cannot be opened, and when, stays untold."""
        match tri:
            case Tri.CERTIFICAT:
                return bool(self.certificat or self.session_certif.rectifie_numero)
            case Tri.DATE_FIN:
                return self.session_certif.date_fin is not None
            case Tri.INTERVENANT:
                return bool(self.href and self.intervenant)
            case Tri.MODIFICATION:
                return bool(self.href)
        return True


@dataclass(frozen=True, slots=True)
class Colonne:
    """One header: `href` sorts by it, the other way round when it is the order of now (`sens`)."""

    cle: str
    libelle: str
    href: str
    sens: str
    classe: str


@dataclass(frozen=True)
class VueListe:
    """Everything that `sessions/_liste.html` reads."""

    espace_de_liste: EspaceDeListe
    resultats: PageDeSessions
    lignes: list[Ligne]

    @property
    def titre(self) -> str:
        return TITRES[self.filtres.liste]

    @property
    def titre_court(self) -> str:
        return TITRES_COURTS[self.filtres.liste]

    @property
    def titre_vide(self) -> str:
        return VIDES[self.filtres.liste]

    @property
    def aide_vide(self) -> str:
        return self.espace_de_liste.aide_vide.get(self.filtres.liste, "")

    @property
    def filtres(self) -> Filtres:
        return self.resultats.filtres

    @property
    def vierge(self) -> bool:
        """Whether there is nothing at all to filter or to search."""
        f = self.filtres
        return not (self.resultats.toutes or f.recherche or f.nom or f.etat or f.par_moi)

    @property
    def cherche(self) -> str:
        """What was searched, by what may stand in an address or by a name."""
        return self.filtres.nom or self.filtres.recherche

    @property
    def adresse_autre(self) -> str:
        """The other list, searched for the same."""
        return adresse_de(self.espace_de_liste.autre, Filtres(recherche=self.filtres.recherche))

    @property
    def chercher_ailleurs(self) -> str:
        return AILLEURS[self.filtres.liste]

    @cached_property
    def colonnes(self) -> list[Colonne]:
        """Those of the space that a row fills, and that which sorts them."""
        return [
            self._colonne(tri)
            for tri in self.espace_de_liste.colonnes
            if tri is self.filtres.tri or any(ligne.dit(tri) for ligne in self.lignes)
        ]

    @property
    def puces_etat(self) -> list[dict[str, Any]]:
        """One chip per state that the list holds, once there is a choice."""
        compte, choisi = self.resultats.par_etat, self.filtres.etat
        if len(compte) < 2 and choisi is None:
            return []
        puces = [self._puce("Tous les états", self.resultats.toutes, choisi is None, etat=None)]
        return puces + [
            self._puce(ETATS[etat], compte.get(etat, 0), etat is choisi, etat=etat)
            for etat in Etat
            if etat in compte or etat is choisi
        ]

    @property
    def puces_declarant(self) -> list[dict[str, Any]]:
        """ "Toutes" and "Déclarées par moi", for who sees others' sessions too."""
        par_moi, miennes = self.filtres.par_moi, self.resultats.declarees_par_moi
        choix = par_moi or miennes != self.resultats.toutes
        if not self.espace_de_liste.par_declarant or not choix:
            return []
        return [
            self._puce("Toutes", None, not par_moi, par_moi=False, etat=None),
            self._puce("Déclarées par moi", miennes, par_moi, par_moi=True, etat=None),
        ]

    @property
    def parametres_gardes(self) -> dict[str, str]:
        """What a new search keeps of the present filters."""
        return {n: v for n, v in parametres(self.filtres).items() if n not in ("recherche", "page")}

    def adresse_avec(self, **changements: Any) -> str:
        """The address of the same list with other filters, on its first page unless one is given."""
        filtres = replace(self.filtres, **{"place": PREMIERE, **changements})
        return adresse_de(self.espace_de_liste.adresse, filtres)

    def adresse_page(self, place: Place | None) -> str | None:
        return self.adresse_avec(place=place) if place else None

    def _colonne(self, tri: Tri) -> Colonne:
        actuel = self.filtres.tri is tri
        inverse = actuel and not self.filtres.decroissant
        sens = "" if not actuel else "desc" if self.filtres.decroissant else "asc"
        href = self.adresse_avec(tri=tri, decroissant=inverse)
        return Colonne(tri.value, COLONNES[tri.value], href, sens, "large-seul" if tri in LARGES else "")

    def _puce(self, libelle: str, compte: int | None, actif: bool, **filtre: Any) -> dict[str, Any]:
        return {
            "libelle": libelle,
            "compte": compte,
            "actif": actif,
            "href": self.adresse_avec(**filtre),
        }


def vue_liste(acteur: Acteur, filtres: Filtres, espace_de_liste: EspaceDeListe) -> VueListe:
    """One page of a list for this actor, in a number of queries that does not depend on its length."""
    comptes = None if filtres.nom or filtres.recherche else sessions_comptees(acteur)
    resultats = lister(acteur, filtres, aujourd_hui(), comptes)
    bloquees, attendus = blocages(resultats.lignes), relais(resultats.lignes)
    imprimees, envoyes = impressions(resultats.lignes), resultats_envoyes(resultats.lignes)
    lignes = [
        _ligne(
            s,
            imprimees.get(s.numero),
            envoyes.get(s.numero),
            acteur,
            bloquees.get(s.numero),
            attendus[s.numero],
            espace_de_liste,
        )
        for s in resultats.lignes
    ]
    return VueListe(espace_de_liste, resultats, lignes)


def _ligne(
    s: SessionCertification,
    impression: Impression | None,
    comptes: Comptes | None,
    acteur: Acteur,
    blocage: str | None,
    un_relais: Relais,
    espace: EspaceDeListe,
) -> Ligne:
    qui = s.dernier_intervenant
    niveau, certificat = s.niveau.libelle if s.niveau else "", s.certificat.libelle if s.certificat else ""
    return Ligne(
        session_certif=s,
        entite=impression.emission.emetteur if impression else s.entite.raison_sociale,
        dispositif_niveau=impression.dispositif_niveau if impression else niveau,
        certificat=str(impression.emission.libelle) if impression else certificat,
        resultats=mots.resultats(comptes.reussites, comptes.echecs) if comptes else "",
        intervenant=nom_affiche(qui.nom, qui.prenom) if qui else "",
        etat_libelle=ETATS[s.etat],
        tour=tour_de(s, acteur, blocage, un_relais),
        bloquee=blocage is not None,
        href=espace.ouvrir(s),
        supprimer=espace.supprimer(s) if espace.supprimer else None,
    )
