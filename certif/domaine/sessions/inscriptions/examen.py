"""What becomes of each row of a list: every one is judged, and none goes in twice (R12)."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from certif.domaine.erreurs import Fautes
from certif.domaine.libelles.sessions import inscriptions as textes
from certif.domaine.sessions.inscriptions.identites import Doute
from certif.domaine.sessions.inscriptions.lecture import Ecrite, Liste, pas_une_personne
from certif.domaine.sessions.inscriptions.naissances import lire_naissance
from certif.domaine.sessions.regles import doutes, inscription
from certif.domaine.sessions.regles.inscription import Identite, Personne
from certif.domaine.valeurs import Valeur
from certif.socle.tableur.tableur import Rangee

LIGNES_MAX = 1_000
"""Rows of one list."""


class Verdict(Valeur):
    """What will become of a row."""

    A_AJOUTER = "a_ajouter", textes.A_AJOUTER
    AVERTIE = "avertie", textes.AVERTIE
    COMPLETE = "complete", textes.COMPLETE
    A_CORRIGER = "a_corriger", textes.A_CORRIGER
    DEJA_LA = "deja_la", textes.DEJA_LA
    LAISSEE = "laissee", textes.LAISSEE


ECRITS = (Verdict.A_AJOUTER, Verdict.AVERTIE, Verdict.COMPLETE)
"""The verdicts of the rows that will be written."""


@dataclass(frozen=True, slots=True)
class Ligne:
    """A row and its verdict; `erreurs` by field, `dit` in words whatever else is worth saying.

    `complete`: the place, among those who are there, of the one whose birth date it brings.
    """

    rangee: Rangee
    ecrite: Ecrite
    verdict: Verdict
    identite: Identite | None = None
    erreurs: dict[str, str] = field(default_factory=dict)
    dit: Sequence[str] = ()
    complete: int | None = None
    annee_devinee: date | None = None

    @property
    def numero(self) -> int:
        return self.rangee.numero


@dataclass(frozen=True, slots=True)
class Examen:
    """Every row of a list, in its order."""

    lignes: Sequence[Ligne]

    def de(self, *verdicts: Verdict) -> list[Ligne]:
        """The rows of these verdicts."""
        return [ligne for ligne in self.lignes if ligne.verdict in verdicts]

    @property
    def a_ecrire(self) -> list[Ligne]:
        """The rows that will be written."""
        return self.de(*ECRITS)

    @property
    def annees_devinees(self) -> list[Ligne]:
        """Those whose century is to be confirmed."""
        return [ligne for ligne in self.lignes if ligne.annee_devinee]


@dataclass(frozen=True, slots=True)
class Cadre:
    """What rows are judged against: who is there already, and the session."""

    presents: Sequence[Personne]
    date_fin: date | None
    formateur: Personne | None
    dispositif: doutes.Dispositif | None
    aujourd_hui: date


def examiner(liste: Liste, cadre: Cadre) -> Examen:
    """Judge each row as if those before it were written."""
    deja = _DejaLa(cadre.presents)
    lignes = [_juger(rangee, liste, cadre, deja) for rangee in liste.rangees]
    return Examen(_avertir(_sans_naissance(lignes, liste), cadre))


def _juger(rangee: Rangee, liste: Liste, cadre: Cadre, deja: "_DejaLa") -> Ligne:
    corrigee = liste.corrections.get(rangee.numero)
    ecrite = corrigee or liste.lire(rangee)
    if rangee.numero in liste.laissees:
        return Ligne(rangee, ecrite, Verdict.LAISSEE, dit=[textes.LAISSEE_PAR_VOUS])
    if corrigee is None and rangee.numero not in liste.gardees:
        pourquoi = textes.AU_DESSUS if liste.au_dessus(rangee) else pas_une_personne(rangee, ecrite)
        if pourquoi:
            return Ligne(rangee, ecrite, Verdict.LAISSEE, dit=[pourquoi])
    if ecrite.doute:
        message = textes.ORDRE_INCONNU if ecrite.doute is Doute.ORDRE else textes.COUPE_INCONNUE
        return Ligne(rangee, ecrite, Verdict.A_CORRIGER, erreurs={"nom": message})
    identite, fautes, devinee = _lire(ecrite, liste, cadre)
    if fautes.champs or identite is None:
        erreurs = {champ: " ".join(messages) for champ, messages in fautes.champs.items()}
        return Ligne(rangee, ecrite, Verdict.A_CORRIGER, erreurs=erreurs, annee_devinee=devinee)
    return deja.placer(Ligne(rangee, ecrite, Verdict.A_AJOUTER, identite))


def _lire(ecrite: Ecrite, liste: Liste, cadre: Cadre) -> tuple[Identite | None, Fautes, date | None]:
    """The identity (R12), what is wrong with it, and the birth date whose century is a guess."""
    fautes, identite, naissance = Fautes(), None, None
    with fautes.recueillir():
        naissance = lire_naissance(ecrite.naissance, cadre.aujourd_hui)
    jour = naissance.jour if naissance else None
    with fautes.recueillir():
        identite = inscription.verifier_stagiaire(
            ecrite.nom, ecrite.prenom, jour, cadre.date_fin, un_seul_nom=ecrite.un_seul_nom
        )
        inscription.verifier_nouveau(identite, (), cadre.formateur)
    devinee = jour if naissance and naissance.courte and not liste.annees else None
    if devinee and "date_naissance" not in fautes.champs:
        fautes.noter("date_naissance", textes.annee_a_confirmer(devinee))
        return identite, fautes, devinee
    return identite, fautes, None


class _DejaLa:
    """Who is in the session, or in a row before: the same keys, and birth dates that do not differ."""

    def __init__(self, presents: Iterable[Personne]) -> None:
        self._presents: dict[tuple[str, str], list[tuple[int, date | None]]] = {}
        self._lignes: dict[tuple[str, str], list[tuple[int, date | None]]] = {}
        for place, present in enumerate(presents):
            cles = present.cle_nom, present.cle_prenom
            self._presents.setdefault(cles, []).append((place, present.date_naissance))

    def placer(self, ligne: Ligne) -> Ligne:
        """The row as one to add, as one that completes somebody, or as already there."""
        identite = ligne.identite
        assert identite is not None
        cles, ne_le = (identite.cle_nom, identite.cle_prenom), identite.date_naissance
        for numero, jour in self._lignes.get(cles, ()):
            if _peut_etre_le_meme(jour, ne_le):
                dit = textes.deja_a_la_ligne(numero, sans_date=jour is None and ne_le is not None)
                return replace(ligne, verdict=Verdict.DEJA_LA, dit=[dit])
        presents = self._presents.get(cles, [])
        if any(jour == ne_le for _, jour in presents) or (presents and ne_le is None):
            return replace(ligne, verdict=Verdict.DEJA_LA, dit=[textes.DEJA_DANS_LA_SESSION])
        self._lignes.setdefault(cles, []).append((ligne.numero, ne_le))
        for place, jour in presents:
            if jour is None:
                presents.remove((place, jour))
                return replace(ligne, verdict=Verdict.COMPLETE, complete=place, dit=[textes.DATE_COMPLETEE])
        return ligne


def _peut_etre_le_meme(un: date | None, autre: date | None) -> bool:
    return un is None or autre is None or un == autre


def _sans_naissance(lignes: Sequence[Ligne], liste: Liste) -> list[Ligne]:
    """Lines of text without a birth date, among others that have one: greetings, or somebody to complete."""
    if not any(ligne.ecrite.naissance for ligne in lignes):
        return list(lignes)
    return [
        _demander_la_date(ligne)
        if ligne.ecrite.seule and not ligne.ecrite.naissance and ligne.numero not in liste.gardees
        else ligne
        for ligne in lignes
    ]


def _demander_la_date(ligne: Ligne) -> Ligne:
    if ligne.verdict is Verdict.A_AJOUTER:
        return replace(ligne, verdict=Verdict.A_CORRIGER, erreurs={"date_naissance": textes.SANS_DATE})
    if ligne.verdict is Verdict.A_CORRIGER:
        return replace(ligne, verdict=Verdict.LAISSEE, erreurs={}, dit=[textes.TEXTE])
    return ligne


def _avertir(lignes: Sequence[Ligne], cadre: Cadre) -> list[Ligne]:
    """What is worth a second look, of the rows to add among those who are there."""
    nouvelles = [ligne.identite for ligne in lignes if ligne.verdict is Verdict.A_AJOUTER and ligne.identite]
    tous = [*cadre.presents, *nouvelles]
    juges = doutes.avertissements_des_stagiaires(tous, cadre.date_fin, cadre.dispositif)[
        len(cadre.presents) :
    ]
    restent = iter(juges)
    return [
        _avertie(ligne, next(restent)) if ligne.verdict is Verdict.A_AJOUTER else ligne for ligne in lignes
    ]


def _avertie(ligne: Ligne, avertis: Sequence[doutes.Avertissement]) -> Ligne:
    dits = [a.message for a in avertis]
    if ligne.identite and ligne.identite.date_naissance is None:
        dits.append(textes.DATE_A_COMPLETER)
    return replace(ligne, verdict=Verdict.AVERTIE, dit=dits) if dits else ligne
