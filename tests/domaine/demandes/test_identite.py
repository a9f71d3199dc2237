"""R16, R17: another raison sociale, SIRET or trade name: asked for, judged twice, given, told."""

import secrets
from collections.abc import Mapping
from functools import partial
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.demandes import actions, decisions
from certif.domaine.demandes.demande_identite import IdentiteDejaDemandee, SaisieIdentite, creer, enregistrer
from certif.domaine.demandes.etats import EtatDemande
from certif.domaine.demandes.identite import souhait_de
from certif.domaine.demandes.modeles import Demande, PieceJointe
from certif.domaine.entites import entites
from certif.domaine.entites.chargement import FichePerimee, empreinte_du_nom
from certif.domaine.entites.identites import Identite, confirmer_le_nom, historique_des_noms, identite_de
from certif.domaine.entites.mon_entite import enregistrer_fiche, valeurs_de
from certif.domaine.entites.noms_commerciaux import corriger
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide, VersionPerimee
from certif.domaine.personnes.modeles import Entite, NomCommercial, NomPris
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.changements_de_nom import accepter, corriger_les_noms, retirer
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.condense import condense_court
from certif.socle.horloge import aujourd_hui
from tests.domaine.sessions.test_concurrence import ensemble
from tests.support.demandes import COMMENTAIRE, MOTIF, fichier, habilitation, lire, une_demande
from tests.support.factories import un_acteur, un_certificat, un_nom_commercial, une_entite, une_session
from tests.support.moves import Troupe
from tests.support.moves import lire as lire_session

SIRET, AUTRE_SIRET = "732 829 320 00074", "552 100 554 00013"
INRS = "INRS — INSTITUT NATIONAL"


def identite(entite_id: int) -> Identite:
    db.session.rollback()
    return identite_de(db.session.get_one(Entite, entite_id))


def demander(acteur: Acteur, souhaits: Mapping[str, str], *, pieces: int = 1) -> int:
    """A brouillon that wishes this, with its supporting documents."""
    demande_id = creer(acteur, secrets.token_urlsafe(32))
    joints = tuple(fichier(f"kbis{rang}.pdf") for rang in range(pieces))
    enregistrer(acteur, demande_id, 1, SaisieIdentite(souhaits, "Nouvelle enseigne", joints))
    return demande_id


def transmise(acteur: Acteur, **souhaits: str) -> int:
    demande_id = demander(acteur, souhaits)
    actions.transmettre(acteur, demande_id, 2)
    return demande_id


def courriers(sujet: str) -> list[Courrier]:
    db.session.rollback()
    return [c for c in db.session.scalars(select(Courrier).order_by(Courrier.id)) if sujet in c.sujet]


@pytest.mark.usefixtures("chaque_base")
def test_what_is_accepted_is_given_at_once_told_and_creates_nothing(troupe: Troupe) -> None:
    entite_id = troupe.marose.entite_id
    garde, change, retire = (un_nom_commercial(entite_id, nom) for nom in ("GARDÉ", "CHANGÉ", "RETIRÉ"))
    collegue = un_acteur(TypeRole.GESTIONNAIRE, entite_id, "Second", "Luc")
    ouverte = une_session(troupe.marose, Etat.VALIDATION_ENTITE, nom_commercial_id=retire)
    generee = une_session(troupe.marose, Etat.GENERE, nom_commercial_id=change)
    avant = len(db.session.scalars(select(Habilitation)).all())
    noms = {f"nom_{change}": "MAROSE SANTÉ", f"nom_{retire}": "", "ajout_0": "ignoré, sans place"}
    demande_id = demander(troupe.gestionnaire, {"raison_sociale": "MAROSE & FILS", "siret": SIRET, **noms})
    assert identite(entite_id).raison_sociale == "MAROSE FORMATION", "nothing changes before the decision"
    actions.transmettre(troupe.gestionnaire, demande_id, 2)
    assert courriers("transmise")[0].destinataire_id == troupe.administrateur.individu_id
    for _ in range(2):  # a second click
        accepter(troupe.administrateur, demande_id, 3)
    assert lire(demande_id).etat is EtatDemande.ACCEPTEE
    assert identite(entite_id) == Identite(
        "MAROSE & FILS", "73282932000074", {garde: "GARDÉ", change: "MAROSE SANTÉ"}
    )
    ecrits = courriers("acceptée")
    assert {c.destinataire_id for c in ecrits} == {troupe.gestionnaire.individu_id, collegue.individu_id}
    for morceau in ("« MAROSE FORMATION » devient « MAROSE & FILS »", "Nom commercial retiré", "gardent"):
        assert morceau in ecrits[0].corps.replace("\u00a0", " ")
    assert courriers("identité de votre entité") == [], "one mail says it"
    assert len(db.session.scalars(select(Habilitation)).all()) == avant
    assert lire_session(ouverte).nom_commercial_id is None
    emis = db.session.scalars(select(CertificatEmis).filter_by(session_numero=generee)).all()
    imprimes = {(c.donnees["entite"], c.donnees["nom_commercial"]) for c in emis}
    assert imprimes == {("MAROSE FORMATION", "CHANGÉ")}
    faits = [(x.entree.action, x.entree.objet) for x in historique_des_noms(entite_id)]
    assert faits == [("modifier", "entite"), ("renommer", "nom_commercial"), ("retirer", "nom_commercial")]
    pris = set(db.session.scalars(select(NomPris.cle).filter_by(entite_id=entite_id)))
    assert pris == {"marosefils", "garde", "marosesante"}


@pytest.mark.usefixtures("chaque_base")
def test_one_is_open_for_an_entite_whatever_else_is_open(troupe: Troupe, contexte: Flask) -> None:
    une_demande(
        troupe.gestionnaire,
        un_certificat("C", "CATEC").niveau_id,
        EtatDemande.TRANSMISE,
        troupe.administrateur,
    )
    gestes = [partial(creer, troupe.gestionnaire, secrets.token_urlsafe(32)) for _ in range(4)]
    resultats = ensemble(contexte, gestes)
    faites = [r for r in resultats if isinstance(r, int)]
    assert len(faites) == 1, resultats
    for refus in resultats:
        assert refus == faites[0] or (
            isinstance(refus, IdentiteDejaDemandee) and refus.demande_id == faites[0]
        )
    assert creer(troupe.etranger, secrets.token_urlsafe(32)) != faites[0]
    actions.supprimer(troupe.gestionnaire, faites[0], 1)
    jeton = secrets.token_urlsafe(32)
    assert creer(troupe.gestionnaire, jeton) == creer(troupe.gestionnaire, jeton) != faites[0]


@pytest.mark.usefixtures("chaque_base")
def test_the_moves_are_those_of_the_other_demandes(troupe: Troupe) -> None:
    demande_id = transmise(troupe.gestionnaire, raison_sociale=INRS)
    decisions.retourner(troupe.administrateur, demande_id, 3, COMMENTAIRE)
    enregistrer(troupe.gestionnaire, demande_id, 4, SaisieIdentite({"raison_sociale": "MAROSE INSTITUT"}))
    actions.transmettre(troupe.gestionnaire, demande_id, 5)
    decisions.refuser(troupe.administrateur, demande_id, 6, MOTIF)
    assert lire(demande_id).motif == MOTIF
    assert identite(troupe.marose.entite_id).raison_sociale == "MAROSE FORMATION"
    retiree = transmise(troupe.gestionnaire, raison_sociale=INRS)
    actions.retirer(troupe.gestionnaire, retiree, 3)
    assert lire(retiree).etat is EtatDemande.RETIREE
    with pytest.raises(ActionImpossible):
        accepter(troupe.administrateur, retiree, 4)
    with pytest.raises(VersionPerimee):
        accepter(troupe.administrateur, retiree, 3)


def test_each_kind_has_its_own_form_and_its_own_decision(troupe: Troupe) -> None:
    identite_id = transmise(troupe.gestionnaire, raison_sociale=INRS)
    niveau_id = un_certificat("C", "CATEC").niveau_id
    autre = une_demande(troupe.gestionnaire, niveau_id, EtatDemande.TRANSMISE, troupe.administrateur)
    with pytest.raises(Introuvable):
        decisions.accepter(troupe.administrateur, identite_id, 3, habilitation())
    with pytest.raises(Introuvable):
        accepter(troupe.administrateur, autre, 3)
    for acteur in (troupe.gestionnaire, troupe.delegataire, troupe.formateur, troupe.etranger):
        with pytest.raises((Introuvable, ActionImpossible)):
            accepter(acteur, identite_id, 3)
    assert identite(troupe.marose.entite_id).raison_sociale == "MAROSE FORMATION"


def test_something_must_change_and_a_document_must_prove_it(troupe: Troupe) -> None:
    demande_id = demander(troupe.gestionnaire, {"raison_sociale": "MAROSE FORMATION"}, pieces=0)
    with pytest.raises(SaisieInvalide) as refus:
        actions.transmettre(troupe.gestionnaire, demande_id, 2)
    assert set(refus.value.champs) == {"raison_sociale", "pieces"}
    enregistrer(troupe.gestionnaire, demande_id, 2, SaisieIdentite({"siret": SIRET}, "", (fichier(),)))
    actions.transmettre(troupe.gestionnaire, demande_id, 3)
    assert lire(demande_id).etat is EtatDemande.TRANSMISE


HOSTILES: tuple[tuple[str, str], ...] = (
    ("raison_sociale", ""),
    ("raison_sociale", "x" * 161),
    ("raison_sociale", "x" * 500_000),
    ("raison_sociale", "李小龍"),
    ("raison_sociale", "a\r\nb"),
    ("raison_sociale", "Zo\u202eé"),
    ("raison_sociale", "—"),
    ("siret", "1"),
    ("siret", "73282932000075"),
    ("siret", "٧٣٢٨٢٩٣٢٠٠٠٠٧٤"),
    ("siret", "9" * 400),
    ("ajout_0", "x" * 81),
    ("ajout_0", "a\0b"),
    ("ajout_0", "Marose & fils."),
    ("ajout_1", "🙂"),
)


@pytest.mark.parametrize(("champ", "texte"), HOSTILES)
def test_what_cannot_be_printed_is_refused_beside_its_field(troupe: Troupe, champ: str, texte: str) -> None:
    demande_id = creer(troupe.gestionnaire, secrets.token_urlsafe(32))
    saisie = SaisieIdentite({"raison_sociale": "MAROSE & FILS", champ: texte}, "", (fichier(),))
    with pytest.raises(SaisieInvalide) as refus:
        enregistrer(troupe.gestionnaire, demande_id, 1, saisie)
    assert list(refus.value.champs) == [champ]
    d = lire(demande_id)
    assert (d.version, d.raison_sociale, d.noms, d.pieces) == (1, "", [], [])


def test_a_siret_of_another_or_the_same_name_twice_can_never_be(troupe: Troupe) -> None:
    une_entite("AUTRE", siret="73282932000074")
    nom = un_nom_commercial(troupe.marose.entite_id)
    demande_id = creer(troupe.gestionnaire, secrets.token_urlsafe(32))
    for souhaits, champ in (
        ({"siret": SIRET}, "siret"),
        ({"ajout_0": "Enseigne", "ajout_1": "ENSEIGNE"}, "ajout_1"),
        ({"raison_sociale": "marose securite"}, f"nom_{nom}"),
    ):
        with pytest.raises(SaisieInvalide) as refus:
            enregistrer(troupe.gestionnaire, demande_id, 1, SaisieIdentite(souhaits))
        assert list(refus.value.champs) == [champ]
    changer = {f"nom_{nom}": "MAROSE FORMATION", "raison_sociale": "MAROSE SÉCURITÉ"}
    assert enregistrer(troupe.gestionnaire, demande_id, 1, SaisieIdentite(changer)) == 2, "they change places"


@pytest.mark.usefixtures("chaque_base")
@pytest.mark.parametrize("nom", ["FORMATION GUY", "formation-guy", "GUY SÉCURITÉ"])
def test_the_name_of_another_is_refused_until_the_administrateur_admits_it(troupe: Troupe, nom: str) -> None:
    un_nom_commercial(troupe.guy.entite_id, "Guy Sécurité")
    with transaction():
        marose = db.session.get_one(Entite, troupe.marose.entite_id)
        marose.siret, marose.ville = "73282932000074", "ETOILE SUR RHONE"
        guy = db.session.get_one(Entite, troupe.guy.entite_id)
        guy.siret, guy.ville = "35600000000048", "LYON"
    demande_id = transmise(troupe.gestionnaire, raison_sociale=nom)
    with pytest.raises(SaisieInvalide) as refus:
        accepter(troupe.administrateur, demande_id, 3)
    assert list(refus.value.champs) == ["raison_sociale"]
    assert (lire(demande_id).etat, lire(demande_id).version) == (EtatDemande.TRANSMISE, 3)
    assert identite(troupe.marose.entite_id).raison_sociale == "MAROSE FORMATION"
    accepter(troupe.administrateur, demande_id, 3, admettre=True)
    assert identite(troupe.marose.entite_id).raison_sociale == nom
    admises = db.session.scalars(select(NomPris).filter_by(entite_id=troupe.marose.entite_id)).all()
    assert [n.admis for n in admises] == [True]


@pytest.mark.usefixtures("chaque_base")
def test_accepting_judges_again(troupe: Troupe) -> None:
    """A SIRET or a name that was taken since is refused beside its field, and the demande stays transmise."""
    demande_id = transmise(troupe.gestionnaire, siret=SIRET, ajout_0="ENSEIGNE")
    une_entite("AUTRE", siret="73282932000074")
    with pytest.raises(SaisieInvalide) as refus:
        accepter(troupe.administrateur, demande_id, 3)
    assert list(refus.value.champs) == ["siret"]
    with transaction():
        db.session.scalars(select(Entite).filter_by(raison_sociale="AUTRE")).one().siret = ""
    une_entite("Enseigne")
    with pytest.raises(SaisieInvalide) as refus:
        accepter(troupe.administrateur, demande_id, 3)
    assert list(refus.value.champs) == ["ajout_0"]
    assert lire(demande_id).etat is EtatDemande.TRANSMISE
    assert identite(troupe.marose.entite_id) == Identite("MAROSE FORMATION", "", {})


@pytest.mark.usefixtures("chaque_base")
def test_of_two_accepted_at_once_for_the_same_name_one_wins(troupe: Troupe, contexte: Flask) -> None:
    demandes = [transmise(troupe.gestionnaire, raison_sociale=INRS), transmise(troupe.etranger, ajout_0=INRS)]
    resultats = ensemble(contexte, [partial(accepter, troupe.administrateur, d, 3) for d in demandes])
    refus = [r for r in resultats if r is not None]
    assert len(refus) == 1 and isinstance(refus[0], SaisieInvalide), resultats
    assert sorted(lire(d).etat.value for d in demandes) == ["acceptee", "transmise"]


def test_what_changed_meanwhile_is_not_undone(troupe: Troupe) -> None:
    """Only differences are kept; a trade name taken out since comes back under the name that was asked."""
    entite_id = troupe.marose.entite_id
    parti = un_nom_commercial(entite_id, "PARTI")
    demande_id = transmise(troupe.gestionnaire, siret=SIRET, **{f"nom_{parti}": "REVENU"})
    entite = db.session.get_one(Entite, entite_id)
    valeurs = {champ: getattr(entite, champ) for champ in entites.CHAMPS}
    entites.modifier(troupe.administrateur, entite, **valeurs | {"raison_sociale": "MAROSE & CIE"})
    vides: dict[str, Any] = {f"nom_{parti}": ""}
    corriger_les_noms(troupe.administrateur, entite, **vides)
    accepter(troupe.administrateur, demande_id, 3)
    apres = identite(entite_id)
    assert (apres.raison_sociale, apres.siret, list(apres.noms.values())) == (
        "MAROSE & CIE",
        "73282932000074",
        ["REVENU"],
    )


def test_two_names_change_places(troupe: Troupe) -> None:
    entite_id = troupe.marose.entite_id
    un, deux = (un_nom_commercial(entite_id, nom) for nom in ("UN", "DEUX"))
    accepter(
        troupe.administrateur,
        transmise(troupe.gestionnaire, **{f"nom_{un}": "DEUX", f"nom_{deux}": "UN"}),
        3,
    )
    assert identite(entite_id).noms == {un: "DEUX", deux: "UN"}


def test_who_manages_it_is_told_whoever_changes_it(troupe: Troupe) -> None:
    entite_id = troupe.marose.entite_id
    entite = db.session.get_one(Entite, entite_id)
    valeurs = {champ: getattr(entite, champ) for champ in entites.CHAMPS}
    entites.modifier(troupe.administrateur, entite, **valeurs | {"adresse": "1 rue du Moulin"})
    assert courriers("identité") == [], "an address is no name"
    entites.modifier(troupe.administrateur, entite, **valeurs | {"raison_sociale": "MAROSE & CIE"})
    corriger_les_noms(troupe.administrateur, entite, ajout_0="ENSEIGNE")
    ecrits = courriers("L’identité de votre entité a changé")
    assert [c.destinataire_id for c in ecrits] == [troupe.gestionnaire.individu_id] * 2
    assert "par l’administrateur" in ecrits[0].corps and "ENSEIGNE" in ecrits[1].corps
    corriger_l_ecriture_puis_retirer(troupe)
    suite = courriers("L’identité de votre entité a changé")[2:]
    for courrier, dit in zip(suite, ("Marose & Cie", "Enseigne", "Nom commercial retiré"), strict=True):
        assert dit in courrier.corps and "un gestionnaire de votre entité" in courrier.corps
    assert {"MAROSE", "ENSEIGNE"}.isdisjoint(" ".join(c.sujet for c in ecrits).split())


def corriger_l_ecriture_puis_retirer(troupe: Troupe) -> None:
    """What a gestionnaire does at once: a spelling, that of a trade name, and taking it out."""
    entite = db.session.get_one(Entite, troupe.marose.entite_id)
    fiche = valeurs_de(entite)
    enregistrer_fiche(troupe.gestionnaire, condense_court(fiche), fiche | {"raison_sociale": "Marose & Cie"})
    nom = db.session.scalars(select(NomCommercial)).one()
    corriger(troupe.gestionnaire, nom.id, empreinte_du_nom(nom), "Enseigne")
    retirer(troupe.gestionnaire, nom.id, condense_court({"libelle": "Enseigne"}))


def test_only_the_administrateur_gives_trade_names_at_once(troupe: Troupe) -> None:
    entite = db.session.get_one(Entite, troupe.marose.entite_id)
    for acteur in (troupe.gestionnaire, troupe.delegataire, troupe.formateur, troupe.etranger):
        with pytest.raises(Introuvable):
            corriger_les_noms(acteur, entite, ajout_0="ENSEIGNE")
    with pytest.raises(SaisieInvalide) as refus:
        corriger_les_noms(troupe.administrateur, entite, ajout_0="formation guy", ajout_1="ENSEIGNE")
    assert list(refus.value.champs) == ["ajout_0"]
    assert identite(troupe.marose.entite_id).noms == {}


def test_a_suspended_entite_asks_for_nothing(troupe: Troupe) -> None:
    demande_id = demander(troupe.gestionnaire, {"raison_sociale": INRS})
    with transaction():
        db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = aujourd_hui()
    for geste in (
        lambda: creer(troupe.gestionnaire, secrets.token_urlsafe(32)),
        lambda: enregistrer(troupe.gestionnaire, demande_id, 2, SaisieIdentite()),
        lambda: actions.transmettre(troupe.gestionnaire, demande_id, 2),
        lambda: confirmer_le_nom(troupe.gestionnaire, "MAROSE FORMATION"),
    ):
        with pytest.raises(ActionImpossible, match="suspendue"):
            geste()


def test_a_name_found_exact_stays_answered_until_it_changes(troupe: Troupe) -> None:
    def confirme() -> bool:
        db.session.rollback()
        return db.session.get_one(Entite, troupe.marose.entite_id).nom_est_confirme

    with transaction():
        db.session.get_one(Entite, troupe.marose.entite_id).nom_confirme = ""
    for acteur in (troupe.delegataire, troupe.formateur, troupe.administrateur):
        with pytest.raises(Introuvable):
            confirmer_le_nom(acteur, "MAROSE FORMATION")
    with pytest.raises(FichePerimee):
        confirmer_le_nom(troupe.gestionnaire, "MAROSE")
    assert not confirme()
    for _ in range(2):
        confirmer_le_nom(troupe.gestionnaire, "MAROSE FORMATION")
    (ligne,) = historique_des_noms(troupe.marose.entite_id)
    assert (ligne.entree.action, ligne.entree.acteur_id) == (
        "confirmer_le_nom",
        troupe.gestionnaire.individu_id,
    )
    assert confirme()
    accepter(troupe.administrateur, transmise(troupe.gestionnaire, raison_sociale="Marose & Fils"), 3)
    assert not confirme()


def test_a_deleted_brouillon_leaves_neither_wish_nor_file(troupe: Troupe) -> None:
    demande_id = demander(troupe.gestionnaire, {"ajout_0": "ENSEIGNE"})
    assert souhait_de(lire(demande_id)).ajouts == ("ENSEIGNE",)
    actions.supprimer(troupe.gestionnaire, demande_id, 2)
    assert db.session.get(Demande, demande_id) is None
    assert db.session.scalars(select(PieceJointe)).all() == []
    assert db.session.scalars(select(NomCommercial)).all() == []
