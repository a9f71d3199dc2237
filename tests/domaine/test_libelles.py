"""The words on the screen: typography, and the sentences word for word."""

import importlib
import pkgutil
import re
from collections.abc import Iterator
from datetime import date, datetime
from enum import StrEnum
from types import ModuleType

import pytest

from certif.domaine import libelles, temps
from certif.domaine.demandes.etats import EtatDemande, NatureDemande
from certif.domaine.libelles import ecrans, pannes, typographie
from certif.domaine.libelles.certificats import verification
from certif.domaine.libelles.demandes import demandes
from certif.domaine.libelles.referentiel import qualifications
from certif.domaine.libelles.sessions import entite, etats, refus, resultats
from certif.domaine.pannes.modeles import SorteDePanne
from certif.domaine.referentiel.import_qualifications import Verdict
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.regles import completude
from certif.socle.horloge import PARIS

MODULES = [
    importlib.import_module(trouve.name)
    for trouve in pkgutil.walk_packages(libelles.__path__, f"{libelles.__name__}.")
    if not trouve.ispkg
]
F = date(2026, 6, 10)


def textes(module: ModuleType) -> Iterator[str]:
    for nom, valeur in vars(module).items():
        if nom.isupper() and not nom.startswith("_"):
            yield from (
                valeur.values() if isinstance(valeur, dict) else [valeur] if isinstance(valeur, str) else []
            )


@pytest.mark.parametrize("module", MODULES, ids=lambda m: m.__name__.partition("libelles.")[2])
def test_typographie_de_tous_les_textes(module: ModuleType) -> None:
    for texte in textes(module):
        assert texte == texte.strip() and texte
        assert not re.search(r"'| [:;!?»]|« |[^\u00a0 ][!?»]", texte), texte


@pytest.mark.parametrize(
    ("tape", "lu"),
    [
        ("Êtes-vous sûr ?", "Êtes-vous sûr\u00a0?"),
        ("l'entité : « oui »", "l’entité\u00a0: «\u00a0oui\u00a0»"),
        ("n° 122", "n°\u00a0122"),
        ("N° Forprev", "N°\u00a0Forprev"),
        ("2 000 caractères", "2\u00a0000 caractères"),
        ("http://a:80 14:02", "http://a:80 14:02"),
        ("10/06/2026 26800", "10/06/2026 26800"),
    ],
)
def test_typographie(tape: str, lu: str) -> None:
    assert typographie.francais(tape) == lu


def test_une_phrase_laisse_les_noms_tels_quels() -> None:
    assert typographie.phrase("L'accès de {qui} : oui", qui="O'Connor {x} : non") == (
        "L’accès de O'Connor {x} : non\u00a0: oui"
    )


@pytest.mark.parametrize(
    ("dits", "liste"),
    [
        (etats.ETATS, Etat),
        (etats.ACTIONS, Action),
        (demandes.ETATS, EtatDemande),
        (demandes.NATURES, NatureDemande),
        (pannes.CE_QUI_MANQUE, SorteDePanne),
        (qualifications.VERDICTS, Verdict),
    ],
)
def test_chaque_valeur_d_une_liste_fermee_a_son_libelle(dits: dict[str, str], liste: type[StrEnum]) -> None:
    assert set(dits) == {valeur.value for valeur in liste}


def test_chaque_onglet_et_chaque_champ_a_son_libelle() -> None:
    assert set(completude.ONGLETS) <= set(ecrans.ONGLETS)
    assert {champ for champs in completude.ONGLETS.values() for champ in champs} <= set(ecrans.CHAMPS)


@pytest.mark.parametrize(
    ("texte", "attendu"),
    [
        (ecrans.a_soumettre_avant(date(2026, 7, 10)), "À soumettre au formateur jusqu’au 10/07/2026 inclus"),
        (ecrans.candidats_certifies(3), "3 candidats ont validé la certification"),
        (ecrans.candidats_certifies(1), "1 candidat a validé la certification"),
        (ecrans.candidats_certifies(0), "0 candidat a validé la certification"),
        (
            ecrans.disponible_jusqu_au(date(2026, 4, 26)),
            "Le fichier est disponible au téléchargement pendant 15 jours à compter de la génération des "
            "certificats (jusqu’au 26/04/2026 inclus, heure de Paris).",
        ),
        (
            ecrans.enregistre_a(temps.format_heure(datetime(2026, 6, 1, 14, 2, tzinfo=PARIS))),
            "Enregistré à 14 h 02",
        ),
        (ecrans.reprendre_les_reponses(11, 12), "Reprendre mes réponses précédentes (11 sur 12)"),
        (refus.sans_resultat(3), "3 stagiaires sans résultat"),
        (
            etats.effet("envoyer_resultats", entite="MAROSE FORMATION", formateur=""),
            "→ Envoyer les résultats à MAROSE FORMATION",
        ),
        (etats.effet("enregistrer", entite="", formateur=""), ""),
        (
            refus.deja_delivres(["DUPONT Marie"], "SST-1", F),
            "DUPONT Marie : Un certificat SST-1 au 10/06/2026 a déjà été délivré à ce stagiaire "
            "par votre entité. Aucun duplicata ne peut être délivré.",
        ),
        (
            entite.avant_de_reprendre(125, "R. Stéphanie"),
            "La session n°125 n’est plus proposée à R. Stéphanie. "
            "Les réponses déjà enregistrées sont effacées. "
            "Vous pourrez changer de formateur et la soumettre de nouveau.",
        ),
        (
            entite.avant_de_generer(8, date(2026, 4, 26)),
            "8 certificats vont être établis. Vous aurez jusqu’au 26/04/2026 inclus pour les télécharger. "
            "Attendez si personne ne sera là.",
        ),
        (
            entite.avant_de_generer(1, date(2026, 4, 26)),
            "1 certificat va être établi. Vous aurez jusqu’au 26/04/2026 inclus pour le télécharger. "
            "Attendez si personne ne sera là.",
        ),
        (
            entite.avant_de_supprimer(125, "SST / 1", 2),
            "La session n°125 (SST / 1, 2 stagiaires) va être supprimée définitivement.",
        ),
        (entite.avant_de_supprimer(125, "", 0), "La session n°125 va être supprimée définitivement."),
        (
            entite.avant_de_clore(125, 2),
            "La session n°125 va être close sans certificat : aucun des 2 stagiaires n’est en réussite. "
            "Les identités saisies seront effacées définitivement.",
        ),
        (resultats.resultats(1, 0), "1 réussite, 0 échec"),
        (
            verification.valide(date(2028, 6, 10)),
            "Certificat authentique, en cours de validité jusqu’au 10/06/2028.",
        ),
        (
            verification.expire(date(2028, 6, 10)),
            "Certificat authentique, mais expiré : il était valable jusqu’au 10/06/2028.",
        ),
        (
            verification.annule(date(2026, 6, 12), "MAROSE FORMATION"),
            "Certificat annulé le 12/06/2026 : il n’est plus valable. Contactez MAROSE FORMATION.",
        ),
        (verification.INCONNU, "Aucun certificat ne porte ce numéro."),
        (verification.CORRESPOND, "L’identité saisie correspond au titulaire."),
        (
            verification.DIFFERE,
            "L’identité saisie ne correspond pas au titulaire. Saisissez-la comme sur le certificat.",
        ),
        (verification.ORIGINAL, "Fichier original, non modifié."),
        (
            verification.regroupe(8),
            "Document authentique regroupant 8 certificats, non modifié.",
        ),
        (
            verification.PAS_L_ORIGINAL,
            "Ce fichier n’est pas l’original délivré ici. "
            "Un scan ou une réimpression n’est jamais reconnu : vérifiez le numéro.",
        ),
    ],
)
def test_mot_pour_mot(texte: str, attendu: str) -> None:
    assert texte.replace("\u00a0", " ") == attendu


@pytest.mark.parametrize(
    ("rangs", "plus", "dits"),
    [
        ((1, 25, 27), False, "1 à 25 sur 27"),
        ((976, 1_000, 2_738), False, "976 à 1\u00a0000 sur 2\u00a0738"),
        ((10_026, 10_050, 10_000), True, "10\u00a0026 à 10\u00a0050 sur plus de 10\u00a0000"),
    ],
)
def test_the_rows_of_a_page(rangs: tuple[int, int, int], plus: bool, dits: str) -> None:
    assert ecrans.rangs(*rangs, plus) == dits
