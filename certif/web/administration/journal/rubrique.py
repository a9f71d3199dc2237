"""JOURNAL: who did what to whom, in sentences, for three years; found by identifiers only."""

from certif.domaine.acteur import Acteur
from certif.domaine.libelles.journal import OBJETS
from certif.domaine.personnes import lectures_journal
from certif.socle.base.pagination import PageDe, Question
from certif.web.administration.accueil import bp
from certif.web.administration.journal.recit import LigneDite, raconter
from certif.web.fiches import Choix, Colonne, Date, Entier, Ligne, Rubrique, Texte, inscrire


def _lister(acteur: Acteur, question: Question) -> PageDe[LigneDite]:
    page = lectures_journal.lister(acteur, question)
    return page.de(raconter(page.lignes))


JOURNAL = Rubrique(
    nom="journal",
    titre="Journal",
    singulier="ligne",
    pluriel="lignes",
    criteres=(
        Texte(nom="acteur", libelle="N° Forprev", requis=False, maximum=8),
        Choix(nom="objet", libelle="Sur", requis=False, options=tuple(OBJETS.items())),
        Entier(nom="objet_id", libelle="Numéro", requis=False),
        Date(nom="du", libelle="Du", requis=False),
        Date(nom="au", libelle="Au", requis=False),
    ),
    colonnes=(Colonne("Quand"), Colonne("Ce qui a été fait", muette=True), Colonne("Précisions")),
    lister=_lister,
    ligne=lambda dite: Ligne((dite.quand, dite.phrase, dite.precisions)),
    vide=("Aucune ligne", "Ce que chacun fait y reste trois ans, par des numéros, sans aucun nom."),
)

inscrire(bp, JOURNAL)
