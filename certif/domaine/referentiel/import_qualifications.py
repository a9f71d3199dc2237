"""Qualifications from a table: each line judged, then the good ones written at once.

A line grants a qualification, or puts off the end of one that it overlaps; it never gives a role, never
shortens nor moves anything, and never brings back what was withdrawn. Lines are judged in their order, each
as if those before it were written.
"""

from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import date, timedelta
from enum import StrEnum

from certif.domaine.acteur import Acteur, exiger_administrateur
from certif.domaine.dates import lire_date
from certif.domaine.erreurs import ActionImpossible, SaisieInvalide
from certif.domaine.libelles.personnes import NUMERO_INCONNU
from certif.domaine.libelles.referentiel import qualifications as textes
from certif.domaine.noms import cle, nom_affiche
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.numeros_forprev import porteurs
from certif.domaine.personnes.regles import lire_numero_forprev
from certif.domaine.referentiel.droits_des_formateurs import (
    changer,
    ecrire,
    formateurs_actifs,
    tenues,
    verrouiller,
)
from certif.domaine.referentiel.lectures import niveaux_a_certifier, niveaux_archives
from certif.domaine.referentiel.modeles import Niveau, Qualification
from certif.domaine.tableaux import ColonneAttendue, LigneLue
from certif.socle.base.transaction import transaction
from certif.socle.condense import condense

COLONNES = (
    ColonneAttendue("numero", "N° Forprev", ("numéro Forprev", "no Forprev", "Forprev", "numéro", "N°")),
    ColonneAttendue(
        "niveau", "Dispositif niveau", ("dispositif / niveau", "dispositif et niveau", "dispositif")
    ),
    ColonneAttendue("debut", "Début", ("date de début", "du", "début de validité")),
    ColonneAttendue("fin", "Fin", ("date de fin", "au", "fin de validité")),
    ColonneAttendue("nom", "Nom", ("nom de famille",), requise=False),
    ColonneAttendue("prenom", "Prénom", requise=False),
)


class Verdict(StrEnum):
    ACCORDEE = "accordee"
    PROLONGE = "prolonge"
    DEJA_LA = "deja_la"
    ERREUR = "erreur"


@dataclass(frozen=True, slots=True)
class LigneJugee:
    """A line and what will come of it; `erreurs` by column."""

    lue: LigneLue
    verdict: Verdict
    qui: str = ""
    erreurs: dict[str, str] = field(default_factory=dict)


@dataclass(frozen=True, slots=True)
class Examen:
    """Every line of a table, in its order."""

    lignes: list[LigneJugee]

    def combien(self, *verdicts: Verdict) -> int:
        """How many lines have one of these."""
        return sum(ligne.verdict in verdicts for ligne in self.lignes)

    @property
    def a_ecrire(self) -> int:
        """How many lines will change something."""
        return self.combien(Verdict.ACCORDEE, Verdict.PROLONGE)

    @property
    def empreinte(self) -> str:
        """Says whether the same lines still lead to the same."""
        dit = [(ligne.lue.numero, ligne.verdict.value, ligne.qui) for ligne in self.lignes]
        return condense(dit)


@dataclass(slots=True)
class _Tenue:
    """A qualification as it stands once the lines before are written."""

    debut: date
    fin: date
    dernier_jour: date
    retrait_le: date | None = None
    ecrite: Qualification | None = None


class _Juge:
    """What the lines are judged on, read once."""

    def __init__(self, lignes: Sequence[LigneLue], verrou: bool) -> None:
        self.lignes = lignes
        numeros = {numero for ligne in lignes if (numero := _numero(ligne)) is not None}
        if verrou:
            verrouiller({i.id for i in porteurs(numeros).values()})
        self.personnes = porteurs(numeros)
        individus = {i.id for i in self.personnes.values()}
        self.actifs = formateurs_actifs(individus)
        self.niveaux = _par_cle(niveaux_a_certifier())
        self.archives = _par_cle(niveaux_archives())
        self.tenues = {
            quoi: [_Tenue(q.debut, q.fin, q.dernier_jour, q.retrait_le, q) for q in lues]
            for quoi, lues in tenues(individus).items()
        }
        self.nouvelles: list[tuple[int, int, _Tenue]] = []

    def examiner(self) -> Examen:
        return Examen([self._juger(ligne) for ligne in self.lignes])

    def _juger(self, ligne: LigneLue) -> LigneJugee:
        erreurs: dict[str, str] = {}
        individu = self._individu(ligne, erreurs)
        niveau = self._niveau(ligne, erreurs)
        debut, fin = self._jour(ligne, "debut", erreurs), self._jour(ligne, "fin", erreurs)
        if debut and fin and fin < debut:
            erreurs["fin"] = textes.FIN_AVANT_DEBUT
        qui = nom_affiche(individu.nom, individu.prenom) if individu else ""
        if erreurs or individu is None or niveau is None or debut is None or fin is None:
            return LigneJugee(ligne, Verdict.ERREUR, qui, erreurs)
        try:
            return LigneJugee(ligne, self._placer(individu.id, niveau.id, debut, fin), qui)
        except SaisieInvalide as refus:
            dits = {colonne: messages[0] for colonne, messages in refus.champs.items()}
            return LigneJugee(ligne, Verdict.ERREUR, qui, dits)

    def _placer(self, individu_id: int, niveau_id: int, debut: date, fin: date) -> Verdict:
        """What this period becomes among those that the person holds."""
        du_niveau = self.tenues.setdefault((individu_id, niveau_id), [])
        touchees = [t for t in du_niveau if max(t.debut, debut) <= min(t.dernier_jour, fin)]
        if touchees and touchees[0].debut <= debut and fin <= touchees[0].dernier_jour:
            return Verdict.DEJA_LA
        # A withdrawal is never undone by an old file: none of its days is given by a line.
        premier = touchees[0].dernier_jour + timedelta(days=1) if touchees else debut
        retraits = [
            t.retrait_le
            for t in du_niveau
            if t.retrait_le is not None and max(t.debut, t.retrait_le, premier) <= min(t.fin, fin)
        ]
        if retraits:
            raise SaisieInvalide({"debut": [" ".join(map(textes.retiree_depuis, retraits))]})
        if not touchees:
            nouvelle = _Tenue(debut, fin, fin)
            du_niveau.append(nouvelle)
            self.nouvelles.append((individu_id, niveau_id, nouvelle))
            return Verdict.ACCORDEE
        tenue = touchees[0]
        if len(touchees) > 1:
            suivantes = [(t.debut, t.dernier_jour) for t in touchees[1:]]
            raise SaisieInvalide({"fin": [textes.suivie(suivantes)]})
        if debut < tenue.debut:
            raise SaisieInvalide({"debut": [textes.avant_celle(tenue.debut, tenue.dernier_jour)]})
        tenue.fin = tenue.dernier_jour = fin
        return Verdict.PROLONGE

    def _individu(self, ligne: LigneLue, erreurs: dict[str, str]) -> Individu | None:
        try:
            individu = self.personnes.get(lire_numero_forprev(ligne.textes["numero"]))
        except SaisieInvalide as refus:
            erreurs["numero"] = refus.message
            return None
        if individu is None:
            erreurs["numero"] = NUMERO_INCONNU
            return None
        if individu.id not in self.actifs:
            erreurs["numero"] = textes.PAS_FORMATEUR
        for colonne, attendu in (("nom", individu.cle_nom), ("prenom", individu.cle_prenom)):
            ecrit = ligne.textes.get(colonne, "")
            if ecrit and cle(ecrit) != attendu:
                erreurs[colonne] = textes.autre_personne(nom_affiche(individu.nom, individu.prenom))
        return individu

    def _niveau(self, ligne: LigneLue, erreurs: dict[str, str]) -> Niveau | None:
        ecrit = _cle_de_niveau(ligne.textes["niveau"])
        niveau = self.niveaux.get(ecrit)
        if niveau is None:
            erreurs["niveau"] = textes.NIVEAU_ARCHIVE if ecrit in self.archives else textes.NIVEAU_ILLISIBLE
        return niveau

    def _jour(self, ligne: LigneLue, colonne: str, erreurs: dict[str, str]) -> date | None:
        try:
            return lire_date(ligne.textes[colonne], colonne)
        except SaisieInvalide as refus:
            erreurs[colonne] = refus.message
            return None

    def ecrire(self, acteur: Acteur) -> None:
        """Write what the examination found, in the caller's transaction."""
        for lues in self.tenues.values():
            for tenue in lues:
                if tenue.ecrite is not None and tenue.fin != tenue.ecrite.fin:
                    changer(acteur, "prolonger", tenue.ecrite, fin=tenue.fin)
        ecrire(
            acteur,
            [
                Qualification(individu_id=individu_id, niveau_id=niveau_id, debut=tenue.debut, fin=tenue.fin)
                for individu_id, niveau_id, tenue in self.nouvelles
            ],
        )


def examiner(acteur: Acteur, lignes: Sequence[LigneLue]) -> Examen:
    """What would come of each line, with what is stored now; nothing is written.

    Raises:
        Introuvable: not an administrateur.
    """
    exiger_administrateur(acteur)
    return _Juge(lignes, verrou=False).examiner()


def importer(acteur: Acteur, lignes: Sequence[LigneLue], empreinte: str) -> int:
    """Write the good lines, all at once; how many changed something.

    Raises:
        Introuvable: not an administrateur.
        ActionImpossible: they no longer lead to what `Examen.empreinte` said.
    """
    exiger_administrateur(acteur)
    with transaction():
        juge = _Juge(lignes, verrou=True)
        examen = juge.examiner()
        if examen.empreinte != empreinte:
            raise ActionImpossible(textes.CHANGE_DEPUIS)
        juge.ecrire(acteur)
        return examen.a_ecrire


def _numero(ligne: LigneLue) -> str | None:
    try:
        return lire_numero_forprev(ligne.textes["numero"])
    except SaisieInvalide:
        return None


def _par_cle(niveaux: Sequence[Niveau]) -> dict[tuple[str, str], Niveau]:
    """Each niveau by what a line writes of it; two that are written alike are nobody's guess."""
    cles = [_cle_de_niveau(niveau.libelle) for niveau in niveaux]
    return {c: niveau for c, niveau in zip(cles, niveaux, strict=True) if cles.count(c) == 1}


def _cle_de_niveau(texte: str) -> tuple[str, str]:
    """« sst/1 » and « SST / 1 » are one."""
    dispositif, _, numero = texte.rpartition("/")
    return cle(dispositif), numero.strip()
