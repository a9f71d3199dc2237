"""The accounts of the demonstration, and the persons that it is made to refuse."""

from datetime import date, timedelta

from certif.demo.organisations import GUY, MAROSE, niveau_de
from certif.domaine.acces.hachage import hacher
from certif.domaine.acteur import TypeRole
from certif.domaine.noms import cle
from certif.domaine.personnes.demonstration import MOT_DE_PASSE_DEMO
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.personnes.personnes import nouveau_timbre
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.temps import ajouter_mois
from certif.socle.base.extensions import db

NUMEROS = frozenset(
    {
        *("ROM20001", "DEL20002", "DEL20003", "KAR20004", "STE10001", "DUO10002", "ADM20005"),
        *("EXP10003", "SAN10004", "PRA10005", "HOM10006", "HOM10007"),
    }
)
"""Everyone of the demonstration, and nobody else."""


def creer_personnes(entites: dict[str, Entite], jour: date) -> None:
    """Everyone, with their roles and qualifications counted from `jour`."""
    marose, guy = entites[MAROSE], entites[GUY]
    gestionnaire, delegataire, formateur = TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE, TypeRole.FORMATEUR
    secret = hacher(MOT_DE_PASSE_DEMO)

    def personne(
        numero: str, nom: str, prenom: str, email: str | None = None, ne_le: date | None = None
    ) -> Individu:
        individu = Individu(
            numero=numero,
            nom=nom,
            prenom=prenom,
            cle_nom=cle(nom),
            cle_prenom=cle(prenom),
            date_naissance=ne_le,
            email=email,
            mot_de_passe=secret if email else None,
            timbre=nouveau_timbre(),
        )
        db.session.add(individu)
        return individu

    def qualifier(individu: Individu, code: str, fin: date) -> None:
        db.session.add(
            Qualification(individu=individu, niveau=niveau_de(code), debut=ajouter_mois(jour, -24), fin=fin)
        )

    romain = personne("ROM20001", "Marose", "Romain", "romain@marose.example", date(1979, 5, 14))
    delegue = personne("DEL20002", "Tessier", "Camille", "delegue@marose.example", date(1988, 11, 2))
    delegue2 = personne("DEL20003", "Vasseur", "Hugo", "delegue2@marose.example", date(1993, 1, 27))
    karine = personne("KAR20004", "Paris", "Karine", "karine@guy.example", date(1982, 9, 9))
    stephanie = personne(
        "STE10001", "Rivière", "Stéphanie", "stephanie@formateurs.example", date(1985, 3, 21)
    )
    deux = personne("DUO10002", "Lefèvre", "Hélène", "deux@roles.example", date(1976, 7, 30))
    admin = personne("ADM20005", "Certif", "Alix", "admin@certif.example", date(1990, 2, 18))
    expiree = personne("EXP10003", "Garnier", "Paul", ne_le=date(1971, 12, 5))
    sans_role = personne("SAN10004", "Moreau", "Lucie", ne_le=date(1984, 4, 11))
    prap = personne("PRA10005", "Dubois", "Nadia", ne_le=date(1987, 6, 23))
    martins = [personne(f"HOM1000{n}", "Martin", "Jean", ne_le=date(1980, 2, 1)) for n in (6, 7)]

    db.session.add_all(
        [
            Role(individu=romain, type=gestionnaire, entite=marose),
            Role(individu=delegue, type=delegataire, entite=marose),
            Role(individu=delegue2, type=delegataire, entite=marose, fin_le=ajouter_mois(jour, 9)),
            Role(individu=karine, type=gestionnaire, entite=guy),
            Role(individu=deux, type=gestionnaire, entite=marose),
            Role(individu=admin, type=TypeRole.ADMINISTRATEUR),
            Role(individu=sans_role, type=formateur, actif=False),
            *(Role(individu=i, type=formateur) for i in (stephanie, deux, expiree, prap, *martins)),
        ]
    )
    longtemps = ajouter_mois(jour, 18)
    for individu in (stephanie, deux, sans_role, *martins):
        qualifier(individu, "SST", longtemps)
    qualifier(stephanie, "Amiante sous-section 4", longtemps)
    qualifier(expiree, "SST", jour - timedelta(days=30))
    qualifier(prap, "PRAP IBC", longtemps)
