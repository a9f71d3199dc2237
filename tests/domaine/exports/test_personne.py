"""A person's data: all that names them, nothing that opens their account, nothing of others; and erasing."""

import io
import zipfile
from datetime import date

import pytest
from sqlalchemy import select

from certif import rythmes
from certif.documents.tableaux import ecrire
from certif.domaine.acces import liens
from certif.domaine.acces.modeles import CleAcces, CodeSecours, Connexion, SorteLien
from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.actions import ecrire as ecrire_un_courrier
from certif.domaine.courriers.actions import ecrire_a
from certif.domaine.erreurs import Introuvable
from certif.domaine.exports import personne
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Individu
from certif.domaine.roles.fusion import colonnes_deplacees
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import Stagiaire
from certif.domaine.sessions.personnes import effacer, fusionner
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import instant_reel
from tests.support.factories import un_role, une_personne, une_qualification, une_session
from tests.support.moves import Troupe
from tests.support.production import pdf_factice, rendre_par
from tests.support.statements import requetes

NOM, PRENOM, EMAIL, NE_LE = "Qwzyxanari", "Vbnmprenom", "qwzyx@canari.example", date(1971, 3, 9)
CANARIS = (NOM.lower(), PRENOM.lower(), EMAIL, "1971-03-09", "09/03/1971")
SECRETS = ("empreinte-du-mot-de-passe", "condense-du-code", "timbre-de-la-personne", "jeton-du-navigateur")
AILLEURS = {
    "registre.formateur_id": "the certificates of a session are counted with it",
    "geste_fait.acteur_id": "that a form was sent, for a day",
    "role_propose.par_id": "told by the journal",
}
"""What names a person and is not read, and why."""


@pytest.fixture
def canari(troupe: Troupe, monkeypatch: pytest.MonkeyPatch) -> int:
    """A formateur with everything that a person may have."""
    rendre_par(monkeypatch, pdf_factice)
    qui = une_personne(NOM, PRENOM, email=EMAIL, date_naissance=NE_LE).id
    un_role(qui, TypeRole.FORMATEUR)
    une_qualification(qui, troupe.marose.niveau_id)
    une_session(troupe.marose, Etat.GENERE, formateur_id=qui, reussites=2)
    fusionner(troupe.administrateur, une_personne(NOM, PRENOM, email=None, date_naissance=NE_LE).id, qui)
    with transaction():
        individu = db.session.get_one(Individu, qui)
        individu.mot_de_passe, individu.timbre = SECRETS[0], SECRETS[2]
        individu.totp_secret, individu.totp_depuis = b"secret-totp", instant_reel()
        db.session.add(CodeSecours(individu_id=qui, condense=SECRETS[1]))
        db.session.add(
            CleAcces(
                individu_id=qui, identifiant=b"i", cle_publique=b"p", libelle="Clé", cree_le=instant_reel()
            )
        )
        db.session.add(
            Connexion(
                id="c", individu_id=qui, navigateur=SECRETS[3], appareil="Firefox", cree_le=instant_reel()
            )
        )
        liens.creer(qui, SorteLien.OPPOSITION, email=EMAIL)
        ecrire_un_courrier("un-evenement", qui, "Objet du courriel", "Corps avec https://lien")
        ecrire_a(EMAIL, "autre", "Un rôle vous est proposé", "Corps")
    return qui


def contenu(individu_id: int) -> dict[str, str]:
    octets = b"".join(ecrire(personne.tableaux(individu_id), instant_reel()))
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return {nom: archive.read(nom).decode("utf-8-sig") for nom in archive.namelist()}


def test_everything_that_names_a_person_is_read_or_said_why_not(canari: int) -> None:
    with requetes() as vues:
        contenu(canari)
    lu = " ".join(vues)
    colonnes = {f"{c.table.name}.{c.name}" for c in colonnes_deplacees()}
    assert {c for c in colonnes if c not in lu} == AILLEURS.keys()


def test_what_is_in_it(canari: int, troupe: Troupe) -> None:
    lu = contenu(canari)
    assert f"Nom;{NOM}" in lu["identite.csv"] and "09/03/1971" in lu["identite.csv"]
    assert lu["identite.csv"].count("N° Forprev") == 2
    assert "Formateur;Certif" in lu["roles.csv"]
    assert lu["qualifications.csv"].count("\r\n") == 2
    assert "Firefox" in lu["connexions.csv"] and "Clé d’accès;Clé" in lu["moyens_de_connexion.csv"]
    assert "Objet du courriel" in lu["courriels.csv"] and "Un rôle vous est proposé" in lu["courriels.csv"]
    assert "MAROSE FORMATION;Formateur;" in lu["sessions.csv"] and "Certificats générés" in lu["sessions.csv"]
    assert "réuni" in lu["journal_de_la_fiche.csv"]


def test_neither_secrets_nor_others_are_in_it(canari: int, troupe: Troupe) -> None:
    tout = "".join(texte for nom, texte in contenu(canari).items() if nom != "LISEZ-MOI.txt")
    autres = db.session.scalars(select(Individu).where(Individu.id != canari, Individu.nom != NOM)).all()
    for mot in (
        *SECRETS,
        "secret-totp",
        "https://lien",
        *(i.nom for i in autres if i.nom != "Certif"),
        *(i.numero for i in autres),
    ):
        assert mot not in tout, mot
    stagiaires = db.session.scalars(select(Stagiaire.nom)).all()
    assert stagiaires and not [nom for nom in stagiaires if nom in tout]


def test_as_many_queries_whatever_there_is(canari: int, troupe: Troupe) -> None:
    with requetes() as une:
        contenu(canari)
    for _ in range(3):
        une_session(troupe.marose, Etat.SAISIE, formateur_id=canari)
        une_qualification(canari, troupe.marose.niveau_id)
    with requetes() as plusieurs:
        contenu(canari)
    assert len(une) == len(plusieurs)


def test_who_may_take_it(canari: int, troupe: Troupe) -> None:
    personne.remettre(troupe.administrateur, canari)  # asked for, not read
    next(personne.remettre(troupe.administrateur, canari))
    next(personne.prendre_les_siennes(canari))
    for acteur in (troupe.gestionnaire, troupe.formateur, troupe.delegataire):
        with pytest.raises(Introuvable):
            personne.remettre(acteur, canari)
    with pytest.raises(Introuvable):
        personne.remettre(troupe.administrateur, 0)
    lignes = db.session.scalars(select(EntreeJournal).filter_by(action="exporter")).all()
    assert [(e.acteur_id, e.objet_id) for e in lignes] == [
        (troupe.administrateur.individu_id, canari),
        (canari, canari),
    ]


def test_what_is_exported_is_what_erasing_empties(canari: int, troupe: Troupe) -> None:
    effacer(troupe.administrateur, canari)
    with pytest.raises(Introuvable):
        personne.remettre(troupe.administrateur, canari)
    lu = contenu(canari)
    assert restes("".join(lu.values())) == set()
    for vide in ("connexions", "moyens_de_connexion", "courriels", "rappels", "roles_proposes"):
        assert lu[f"{vide}.csv"].count("\r\n") == 1, vide
    rythmes.purger()
    for table in db.metadata.sorted_tables:
        for ligne in db.session.execute(select(table)):
            assert restes(str(ligne)) == set(), table.name


def restes(texte: str) -> set[str]:
    return {canari for canari in CANARIS if canari in texte.lower()}
