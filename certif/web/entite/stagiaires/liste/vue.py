"""What `templates/entite/_liste.html` reads of a list and of its examination."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.registre.deja_delivres import deja_delivres_connus_de
from certif.domaine.libelles import saisie as textes_du_tableau
from certif.domaine.libelles.sessions import avertissements as textes_des_doutes
from certif.domaine.libelles.sessions import inscriptions as textes
from certif.domaine.noms import majuscules
from certif.domaine.sessions.inscriptions.examen import Examen, Ligne, Verdict
from certif.domaine.sessions.inscriptions.identites import sans_ornements
from certif.domaine.sessions.inscriptions.lecture import Liste
from certif.domaine.sessions.inscriptions.naissances import detacher
from certif.domaine.sessions.inscriptions.titres import Sens
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.temps import format_date
from certif.web.entite.stagiaires.liste.etat import ecrire, ecrire_l_origine, marque

CORRIGEES_MAX = 150
"""Rows whose fields are shown at once: a browser posts each of them."""
EXEMPLES = 3

_GENRES = {
    Verdict.A_AJOUTER: "succes",
    Verdict.AVERTIE: "attente",
    Verdict.COMPLETE: "succes",
    Verdict.A_CORRIGER: "danger",
    Verdict.DEJA_LA: "neutre",
    Verdict.LAISSEE: "neutre",
}


@dataclass(frozen=True, slots=True)
class VueLigne:
    """A row and what becomes of it; `champs`: corrected in place, under their `marque`."""

    numero: int
    masquee: bool
    genre: str
    verdict: str
    nom: str
    prenom: str
    naissance: str
    un_seul_nom: bool
    brute: str
    champs: bool
    marque: str
    erreurs: Mapping[str, str]
    dit: Sequence[str]
    laissee: bool
    gardable: bool
    gardee: bool

    @property
    def muette(self) -> bool:
        """Left because it names nobody."""
        return self.gardable


@dataclass(frozen=True, slots=True)
class VueColonne:
    """A column: its heading, a few of its cells, and how it is read."""

    place: int
    titre: str
    exemples: str
    sens: Sens


@dataclass(frozen=True, slots=True)
class Question:
    """What is to be answered for all the lines at once; an answer posts `nom` with its value."""

    dite: str
    nom: str
    reponses: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class Vue:
    """The preview of a list.

    `feuilles_laissees`: there are sheets, seen by who sent it, that were not read.
    `vus`: the senses of the columns, unless they were chosen. Nothing is `a_ajouter` while something is
    to be answered before.
    """

    version: int
    table: str
    origine: str
    lignes: Sequence[VueLigne]
    colonnes: Sequence[VueColonne]
    lues: str
    vus: str
    refus_colonnes: str
    questions: Sequence[Question]
    annees: bool
    masque: bool
    masque_dit: str
    feuille_dite: str
    feuilles_laissees: bool
    a_ajouter: bool
    titre: str
    sens: Sequence[tuple[str, str]]


def vue(
    session_certif: SessionCertification, acteur: Acteur, liste: Liste, examen: Examen, refus_colonnes: str
) -> Vue:
    """The preview of this list for this session."""
    lignes = _lignes(session_certif, acteur, liste, examen)
    comprise = not refus_colonnes and not liste.colonnes.a_choisir
    ecrites = len(examen.a_ecrire) if comprise else 0
    fausses = sum(ligne.verdict is Verdict.A_CORRIGER for ligne in examen.lignes) if comprise else 0
    return Vue(
        version=session_certif.version,
        table=ecrire(liste.table),
        origine=ecrire_l_origine(liste.table),
        lignes=lignes,
        colonnes=_colonnes(liste),
        lues=", ".join(s.libelle for s in liste.colonnes.sens if s is not Sens.IGNOREE),
        vus="" if liste.colonnes.choisies else ",".join(liste.colonnes.sens),
        refus_colonnes=refus_colonnes,
        questions=[] if refus_colonnes else _questions(liste, examen),
        annees=liste.annees,
        masque=liste.avec_masque,
        masque_dit=_masque(liste),
        feuille_dite=textes_du_tableau.feuille_lue(
            liste.table.feuille, liste.table.autres_feuilles, liste.table.feuilles_masquees
        ),
        feuilles_laissees=bool(liste.table.autres_feuilles),
        a_ajouter=ecrites > 0,
        titre=textes.lignes_lues(len(lignes), ecrites, fausses),
        sens=Sens.options(),
    )


def _lignes(s: SessionCertification, acteur: Acteur, liste: Liste, examen: Examen) -> list[VueLigne]:
    identites = [ligne.identite for ligne in examen.a_ecrire if ligne.identite]
    delivres = set(map(id, deja_delivres_connus_de(acteur, s, identites)))
    refus = ""
    if delivres and s.certificat and s.date_fin:
        refus = textes_des_doutes.deja_delivre(s.certificat.libelle, s.date_fin)
    montrees, restent = [], CORRIGEES_MAX
    for ligne in examen.lignes:
        champs = restent > 0 and (ligne.verdict is Verdict.A_CORRIGER or ligne.numero in liste.corrections)
        restent -= champs
        dit = [*ligne.dit, *([refus] if id(ligne.identite) in delivres else [])]
        montrees.append(_ligne(ligne, liste, champs, dit))
    return montrees


def _ligne(ligne: Ligne, liste: Liste, champs: bool, dit: Sequence[str]) -> VueLigne:
    ecrite, identite = ligne.ecrite, ligne.identite
    sure = identite if identite and not champs else None
    naissance = identite.date_naissance if sure and identite else None
    if ligne.verdict is Verdict.A_CORRIGER and not champs:
        dit = [*dit, *ligne.erreurs.values(), textes.EN_TROP]
    origine = ligne.ecrite if ligne.numero not in liste.corrections else None
    return VueLigne(
        numero=ligne.numero,
        masquee=ligne.rangee.masquee,
        genre=_GENRES[ligne.verdict],
        verdict=ligne.verdict.libelle,
        nom=majuscules(sure.nom) if sure else ecrite.nom,
        prenom=sure.prenom if sure else ecrite.prenom,
        naissance=format_date(naissance) if naissance else ecrite.naissance,
        un_seul_nom=ecrite.un_seul_nom,
        brute=" · ".join(filter(None, ligne.rangee.cellules)),
        champs=champs,
        marque=marque(origine) if origine else "",
        erreurs=ligne.erreurs,
        dit=dit,
        laissee=ligne.numero in liste.laissees,
        gardable=ligne.verdict is Verdict.LAISSEE and ligne.numero not in liste.laissees,
        gardee=ligne.numero in liste.gardees,
    )


def _colonnes(liste: Liste) -> list[VueColonne]:
    entete = liste.colonnes.entete
    rangees = liste.table.rangees
    titres = rangees[entete].cellules if entete is not None else ()
    corps = rangees[entete + 1 :] if entete is not None else rangees
    colonnes = []
    for place, sens in enumerate(liste.colonnes.sens):
        cellules = [r.cellules[place] for r in corps if place < len(r.cellules) and r.cellules[place]]
        titre = titres[place] if place < len(titres) else ""
        colonnes.append(VueColonne(place, titre, ", ".join(cellules[:EXEMPLES]), sens))
    return colonnes


def _questions(liste: Liste, examen: Examen) -> list[Question]:
    questions = []
    if liste.colonnes.a_choisir and (exemple := _exemple(liste)):
        premier, second = exemple
        reponses = [(textes.est_le_nom(premier, second), "0"), (textes.est_le_nom(second, premier), "1")]
        questions.append(Question(textes.QUEL_NOM, "ordre", reponses))
    devinees = examen.annees_devinees
    if devinees:
        exemples = [(ligne.ecrite.naissance, ligne.annee_devinee) for ligne in devinees[:EXEMPLES]]
        dite = textes.annees_devinees(len(devinees), [(ecrit, jour) for ecrit, jour in exemples if jour])
        questions.append(Question(dite, "annees", [("Oui, lire ainsi", "1")]))
    return questions


def _exemple(liste: Liste) -> tuple[str, str] | None:
    """The two texts, of the first row that has them, between which the nom is to be chosen."""
    places = liste.colonnes.a_choisir
    for rangee in liste.rangees:
        cellules = (rangee.cellules[p] if p < len(rangee.cellules) else "" for p in places)
        lus = [sans_ornements(detacher(cellule)[0]) for cellule in cellules]
        mots = lus if len(places) > 1 else lus[0].split()[:2]
        if len(mots) > 1 and all(mots) and not liste.au_dessus(rangee):
            return mots[0], mots[1]
    return None


def _masque(liste: Liste) -> str:
    cachees = [c for c in _colonnes(liste) if c.place in liste.table.colonnes_masquees]
    titres = [colonne.titre or textes.colonne(colonne.place + 1) for colonne in cachees]
    return textes_du_tableau.masque(liste.masquees, titres, compris=liste.avec_masque)
