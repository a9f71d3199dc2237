"""The dossier of a session, as production and as the referee make it: `python -m bench.dossier FOIS NOMBRE…`.

Everything is counted in both: texts measured, documents made, read back and sealed, and the deadlines, which
have one way. Prints one line of JSON: for each number of certificates, the processor's milliseconds by
document, medians of FOIS runs in which both take turns.
"""

import gc
import json
import sys
import time
from collections.abc import Callable
from datetime import UTC, date, datetime, timedelta
from statistics import median
from typing import Any

from bench.donnees import LOGO, certificats
from certif.documents.calendrier import rendre_calendrier
from certif.documents.certificat.fabrique import Fabrique
from certif.documents.de_session.cartes import mesurer_les_cartes
from certif.documents.de_session.echeances import rendre_echeances
from certif.documents.de_session.entete import EnTete
from certif.documents.de_session.proces_verbal import (
    Acte,
    Participant,
    ProcesVerbal,
    maquette_du_proces_verbal,
)
from certif.documents.de_session.recueil import Feuillet, arbitrer_le_recueil, rendre_recueil
from certif.documents.de_session.remise import maquette_de_la_remise
from certif.documents.donnees import DonneesCertificat
from certif.documents.sceau import cle_de_sceau
from certif.documents.sceau.sceau import Sceau
from certif.documents.sceau.scellement import sceller
from certif.domaine.certificats.remise.calendrier import echeances

ENSEMBLE = "dossier"
NUMERO = 125

Voies = tuple[Callable[[], bytes], Callable[[], bytes]]
"""Making one document: as production does, and by the referee."""


def main(fois: int, nombres: list[int]) -> dict[str, list[dict[str, Any]]]:
    """The lines of every document, and of them all, for each number of certificates."""
    sceau = Sceau(cle_de_sceau.lire(cle_de_sceau.fabriquer(datetime.now(UTC) - timedelta(days=1)), None))
    for voies in _documents(certificats(1, graine=1), sceau).values():
        for faire in voies:
            faire()
    return {"dossiers": [ligne for nombre in nombres for ligne in _mesurer(nombre, fois, sceau)]}


def _mesurer(nombre: int, fois: int, sceau: Sceau) -> list[dict[str, Any]]:
    documents = _documents(certificats(nombre, graine=nombre), sceau)
    temps: dict[str, tuple[list[float], list[float]]] = {nom: ([], []) for nom in documents}
    for _ in range(fois):
        for nom, voies in documents.items():
            for mesures, faire in zip(temps[nom], voies, strict=True):
                gc.collect()  # what the one before left is not counted of this one
                depart = time.process_time()
                faire()
                mesures.append(1000 * (time.process_time() - depart))
    medianes = {nom: [median(mesures) for mesures in les_deux] for nom, les_deux in temps.items()}
    medianes[ENSEMBLE] = [sum(ms) for ms in zip(*medianes.values(), strict=True)]
    return [
        {
            "document": nom,
            "stagiaires": nombre,
            "ms": round(ms, 1),
            "ms_arbitre": round(ms_arbitre, 1),
            "ratio_arbitre": round(ms_arbitre / ms, 1),
        }
        for nom, (ms, ms_arbitre) in medianes.items()
    ]


def _documents(donnees: list[DonneesCertificat], sceau: Sceau) -> dict[str, Voies]:
    entete, jour = _entete(donnees[0]), donnees[0].emis_le
    fabrique = Fabrique(donnees, LOGO, sceau)
    feuillets = [Feuillet(fabrique.faire(d).octets, d.titulaire, d.numero) for d in donnees]
    titre = f"Certificats de la session n°{NUMERO}"
    recueil = (feuillets, titre, entete.entite)

    def echeancier() -> bytes:
        return rendre_echeances(donnees) + rendre_calendrier(echeances(NUMERO, donnees))

    def scelles(rendre: Callable[[], bytes], arbitrer: Callable[[], bytes]) -> Voies:
        """The referee gives the same bytes each time: other ones are those of the fast way."""
        if rendre() == arbitrer():
            raise RuntimeError("a document went to the referee")
        return lambda: sceller(rendre(), sceau), lambda: sceller(arbitrer(), sceau)

    return {
        "certificats": scelles(lambda: rendre_recueil(*recueil), lambda: arbitrer_le_recueil(*recueil)),
        "cartes": scelles(
            lambda: mesurer_les_cartes(donnees, NUMERO, jour).rendre(),
            lambda: mesurer_les_cartes(donnees, NUMERO, jour).arbitrer(),
        ),
        "liste de remise": scelles(
            lambda: maquette_de_la_remise(entete, donnees, jour).rendre(),
            lambda: maquette_de_la_remise(entete, donnees, jour).arbitrer(),
        ),
        "procès-verbal": scelles(
            lambda: maquette_du_proces_verbal(_proces_verbal(entete, donnees, jour)).rendre(),
            lambda: maquette_du_proces_verbal(_proces_verbal(entete, donnees, jour)).arbitrer(),
        ),
        "échéances": (echeancier, echeancier),
    }


def _entete(d: DonneesCertificat) -> EnTete:
    return EnTete(
        session_numero=NUMERO,
        entite=d.entite,
        dispositif_niveau=d.dispositif_niveau,
        certificat_libelle=d.certificat_libelle,
        certificat_titre=d.certificat_titre,
        identification=d.identification,
        lieu=d.lieu,
        date_fin=d.date_fin,
        formateur=f"{d.formateur} (N° Forprev STE10001)",
        habilitation=f"{d.habilitation_numero}, du 01/01/2025 au 31/12/2028",
    )


def _proces_verbal(entete: EnTete, donnees: list[DonneesCertificat], jour: date) -> ProcesVerbal:
    return ProcesVerbal(
        entete=entete,
        participants=tuple(
            Participant(
                nom=d.nom,
                prenom=d.prenom,
                date_naissance=d.date_naissance,
                resultat="Réussite",
                certificat=d.numero,
            )
            for d in donnees
        ),
        actes=tuple(
            Acte(f"1{n}/06/2026 à 18\u00a0h\u00a005", "Envoi des résultats", entete.formateur)
            for n in range(3)
        ),
        validite="Du 10/06/2026 au 10/06/2028 inclus",
        rectifie="",
        bilan=f"{len(donnees)} stagiaires\u00a0: {len(donnees)} réussites, 0 échec.",
        mention="Pour vérifier qu’il est l’original, déposez-le sur https://certif.example/verifier",
        signataire=f"{donnees[0].signataire}, {donnees[0].signataire_qualite}",
        emis_le=jour,
    )


if __name__ == "__main__":
    lus = [int(nombre) for nombre in sys.argv[1:]]
    print(json.dumps(main(lus[0], lus[1:])))
