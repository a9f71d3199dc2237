"""R16: what each side does to a demande, who may not, and what is left of it."""

import itertools
import secrets
from datetime import timedelta

import pytest
from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.production.fichiers import balayer as balayer_les_sessions
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.demandes import actions, decisions, lectures, pieces
from certif.domaine.demandes.actions import DemandeDejaOuverte
from certif.domaine.demandes.chronologie import chronologie
from certif.domaine.demandes.enregistrement import Saisie, enregistrer
from certif.domaine.demandes.etats import Action, EtatDemande, NatureDemande, mouvement
from certif.domaine.demandes.lectures import ListeDemandes
from certif.domaine.demandes.modeles import Demande, EvenementDemande, PieceJointe
from certif.domaine.demandes.portee import charger_piece
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide, VersionPerimee
from certif.domaine.journal import EntreeJournal
from certif.domaine.personnes.modeles import Entite, Individu
from certif.domaine.referentiel.modeles import Dispositif, Habilitation, Niveau, Plateforme
from certif.domaine.sessions.declaration.choix import niveaux_proposes
from certif.domaine.temps import format_date
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PREMIERE
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.support.demandes import agir, fichier, habilitation, image, lire, une_demande
from tests.support.factories import un_acteur, un_certificat, une_entite
from tests.support.moves import Troupe

B, T, C, A, R, X = EtatDemande


@pytest.fixture
def catec(troupe: Troupe) -> int:
    """A niveau that nobody holds."""
    return un_certificat("CATEC-1 Intervenant", "CATEC").niveau_id


@pytest.fixture
def amiante(troupe: Troupe) -> int:
    """Another, whose dispositif requires a platform."""
    return un_certificat("Amiante", "Amiante sous-section 4", plateforme_requise=True).niveau_id


def jeton() -> str:
    return secrets.token_urlsafe(32)


def demander(troupe: Troupe, niveau_id: int, etat: EtatDemande = T, **saisie: object) -> int:
    return une_demande(troupe.gestionnaire, niveau_id, etat, troupe.administrateur, **saisie)


def sujets() -> list[tuple[int | None, str]]:
    db.session.rollback()
    return [(c.destinataire_id, c.sujet) for c in db.session.scalars(select(Courrier).order_by(Courrier.id))]


def test_the_nature_is_deduced(troupe: Troupe, catec: int) -> None:
    nouvelle = un_acteur(TypeRole.GESTIONNAIRE, une_entite("NOUVELLE").id)
    natures = {
        NatureDemande.PREMIERE: (nouvelle, catec),
        NatureDemande.EXTENSION: (troupe.gestionnaire, catec),
        NatureDemande.RENOUVELLEMENT: (troupe.gestionnaire, troupe.marose.niveau_id),
    }
    for nature, (qui, niveau_id) in natures.items():
        assert lire(actions.creer(qui, niveau_id, jeton())).nature is nature


@pytest.mark.usefixtures("chaque_base")
def test_opening_happens_once_and_only_one_is_open(troupe: Troupe, catec: int) -> None:
    clic = jeton()
    demande_id = actions.creer(troupe.gestionnaire, catec, clic)
    assert actions.creer(troupe.gestionnaire, catec, clic) == demande_id
    with pytest.raises(DemandeDejaOuverte, match="CATEC / 1") as refus:
        actions.creer(troupe.gestionnaire, catec, jeton())
    assert refus.value.demande_id == demande_id
    # Another entité is free to ask; and so is this one, once the first is over.
    actions.creer(troupe.etranger, catec, jeton())
    agir(Action.SUPPRIMER, troupe.gestionnaire, demande_id)
    assert actions.creer(troupe.gestionnaire, catec, jeton()) != demande_id


def test_who_may_not_open_one_and_for_what(troupe: Troupe, catec: int) -> None:
    for acteur in (troupe.delegataire, troupe.formateur, troupe.administrateur):
        with pytest.raises(Introuvable):
            actions.creer(acteur, catec, jeton())
    with pytest.raises(Refus):
        actions.creer(troupe.gestionnaire, catec, "x")
    with transaction():
        db.session.get_one(
            Dispositif, db.session.get_one(Niveau, catec).dispositif_id
        ).archive_le = aujourd_hui()
    for niveau_id in (catec, 0, 99_999):
        with pytest.raises(SaisieInvalide):
            actions.creer(troupe.gestionnaire, niveau_id, jeton())
    with transaction():
        db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = aujourd_hui()
    with pytest.raises(ActionImpossible, match="suspendue"):
        actions.creer(troupe.gestionnaire, troupe.marose.niveau_id, jeton())


def test_every_move_from_every_state_by_everyone(troupe: Troupe) -> None:
    """What the table does not allow changes nothing; those who are on neither side see nothing."""
    niveaux = itertools.count()
    for etat in EtatDemande:
        niveau_id = un_certificat(f"C{next(niveaux)}", f"D{etat}").niveau_id
        demande_id = demander(troupe, niveau_id, etat)
        avant = lire(demande_id).version
        for action in Action:
            if action is Action.CREER:
                continue
            for acteur in (troupe.etranger, troupe.delegataire, troupe.formateur):
                with pytest.raises(Introuvable):
                    agir(action, acteur, demande_id, avant)
            for acteur in (troupe.gestionnaire, troupe.administrateur):
                trouve = mouvement(etat, action)
                if trouve is not None and trouve.qui == acteur.role.value:
                    continue
                with pytest.raises((ActionImpossible, Introuvable)):
                    # A version that no repeated click can claim, unless it is the present one.
                    agir(action, acteur, demande_id, avant)
        assert (lire(demande_id).etat, lire(demande_id).version) == (etat, avant)


def test_an_administrateur_does_not_see_a_brouillon(troupe: Troupe, catec: int) -> None:
    demande_id = demander(troupe, catec, B)
    with pytest.raises(Introuvable):
        lectures.charger_entiere(troupe.administrateur, demande_id)
    assert lectures.compter(troupe.administrateur).a_traiter == 0


@pytest.mark.usefixtures("chaque_base")
def test_a_repeated_move_does_nothing_and_a_stale_one_says_what_changed(troupe: Troupe, catec: int) -> None:
    demande_id = demander(troupe, catec, B)
    saisie = Saisie(message="Bonjour", fichiers=(fichier(),))
    assert enregistrer(troupe.gestionnaire, demande_id, 2, saisie) == 3
    assert enregistrer(troupe.gestionnaire, demande_id, 2, saisie) == 3
    assert len(lire(demande_id).pieces) == 1 == len(stockage.lister("demandes/"))
    with pytest.raises(VersionPerimee, match="Cette demande a changé") as perimee:
        enregistrer(troupe.gestionnaire, demande_id, 2, Saisie(message="Autre", fichiers=(fichier(),)))
    assert "PARIS Karine a modifié la demande" in perimee.value.changements[0]
    assert "(début souhaité, message, pièces jointes)" in perimee.value.changements[0]
    assert len(stockage.lister("demandes/")) == 1

    enregistrer(troupe.gestionnaire, demande_id, 3, Saisie(format_date(aujourd_hui())))
    for _ in range(2):
        actions.transmettre(troupe.gestionnaire, demande_id, 4, "Voici.")
    with pytest.raises(VersionPerimee):
        actions.transmettre(troupe.gestionnaire, demande_id, 4, "Autre chose.")
    saisie_habilitation = habilitation("H-1")
    for _ in range(2):
        decisions.accepter(troupe.administrateur, demande_id, 5, saisie_habilitation)
    assert [ligne.action for ligne in chronologie(demande_id)] == ["accepter", "transmettre", "creer"]
    assert len(sujets()) == 2
    assert len(list(db.session.scalars(select(Habilitation).filter_by(niveau_id=catec)))) == 1


def test_what_is_missing_is_accepted_until_it_is_transmitted(troupe: Troupe, amiante: int) -> None:
    demande_id = actions.creer(troupe.gestionnaire, amiante, jeton())
    enregistrer(troupe.gestionnaire, demande_id, 1, Saisie())
    with pytest.raises(SaisieInvalide) as refus:
        agir(Action.TRANSMETTRE, troupe.gestionnaire, demande_id)
    assert list(refus.value.champs) == ["debut_souhaite", "code_postal"]
    with transaction():
        dispositif_id = db.session.get_one(Niveau, amiante).dispositif_id
        plateforme = Plateforme(
            entite_id=troupe.marose.entite_id,
            dispositif_id=dispositif_id,
            code_postal="26800",
            ville="ETOILE SUR RHONE",
            debut=aujourd_hui(),
        )
        db.session.add(plateforme)
    assert list(actions.manques(lire(demande_id))) == ["debut_souhaite"]
    with transaction():
        plateforme.debut = plateforme.fin = aujourd_hui() - timedelta(days=1)
    assert list(actions.manques(lire(demande_id))) == ["debut_souhaite", "code_postal"]


def test_platforms_are_added_once_taken_out_and_created_when_accepted(troupe: Troupe, amiante: int) -> None:
    demande_id = actions.creer(troupe.gestionnaire, amiante, jeton())
    lieux = (
        ("26800", "Étoile-sur-Rhône"),
        ("26800", "ETOILE SUR RHONE"),
        ("69007", ""),
        ("01400", "Châtillon-sur-Chalaronne"),
    )
    for version, (code, ville) in enumerate(lieux, 1):
        enregistrer(troupe.gestionnaire, demande_id, version, Saisie(code_postal=code, ville=ville))
    etoile, lyon, _ = lire(demande_id).plateformes
    assert (etoile.ville, lyon.code_postal) == ("ETOILE SUR RHONE", "69007")
    for code, ville, champ in (
        ("26800", "PARIS", "ville"),
        ("2A004", "AJACCIO", "code_postal"),
        ("", "LYON", "code_postal"),
        ("26800", "", "ville"),
        ("²6800", "X", "code_postal"),
    ):
        with pytest.raises(SaisieInvalide) as refus:
            enregistrer(troupe.gestionnaire, demande_id, 5, Saisie(code_postal=code, ville=ville))
        assert champ in refus.value.champs
    debut = format_date(aujourd_hui())
    enregistrer(troupe.gestionnaire, demande_id, 5, Saisie(debut, retirer_plateforme=lyon.id))
    agir(Action.TRANSMETTRE, troupe.gestionnaire, demande_id)
    agir(Action.ACCEPTER, troupe.administrateur, demande_id)
    creees = db.session.scalars(select(Plateforme).filter_by(entite_id=troupe.marose.entite_id)).all()
    assert {p.code_postal for p in creees} == {"26800", "01400"} and len(creees) == 2
    assert {p.debut for p in creees} == {aujourd_hui()}


def test_a_place_is_refused_where_no_platform_is_needed(troupe: Troupe, catec: int) -> None:
    demande_id = demander(troupe, catec, B)
    with pytest.raises(SaisieInvalide, match="ne requiert pas de plateforme"):
        enregistrer(troupe.gestionnaire, demande_id, 2, Saisie(code_postal="69007", ville="LYON"))


def test_accepted_the_habilitation_serves_at_once(troupe: Troupe, catec: int) -> None:
    demande_id = demander(troupe, catec)
    with pytest.raises(SaisieInvalide, match="autre habilitation"):
        decisions.accepter(troupe.administrateur, demande_id, 3, habilitation(lire_numero_de(troupe)))
    assert catec not in [n.id for n in niveaux_proposes(troupe.marose.entite_id)]
    propose = lectures.numero_propose(lire(demande_id))
    decisions.accepter(troupe.administrateur, demande_id, 3, habilitation(propose))
    demande = lire(demande_id)
    assert demande.etat is A and demande.habilitation is not None
    assert (demande.habilitation.numero, demande.habilitation.debut) == (propose, aujourd_hui())
    assert catec in [n.id for n in niveaux_proposes(troupe.marose.entite_id)]
    assert lectures.numero_propose(demande) == f"{propose}-2"


def lire_numero_de(troupe: Troupe) -> str:
    return db.session.get_one(Habilitation, troupe.marose.habilitation_id).numero


def test_each_move_tells_the_other_side_and_names_nobody(troupe: Troupe, catec: int) -> None:
    ex = un_acteur(TypeRole.GESTIONNAIRE, troupe.marose.entite_id)
    demande_id = demander(troupe, catec, C)
    agir(Action.TRANSMETTRE, troupe.gestionnaire, demande_id)
    agir(Action.REFUSER, troupe.administrateur, demande_id)
    admin, nous = troupe.administrateur.individu_id, [troupe.gestionnaire.individu_id, ex.individu_id]
    assert sujets() == [
        (admin, "Demande d’habilitation CATEC / 1\u00a0: transmise"),
        *((i, "Demande d’habilitation CATEC / 1\u00a0: à compléter") for i in nous),
        (admin, "Demande d’habilitation CATEC / 1\u00a0: transmise"),
        *((i, "Demande d’habilitation CATEC / 1\u00a0: refusée") for i in nous),
    ]
    requete = select(EntreeJournal).filter_by(objet="demande", objet_id=demande_id).order_by(EntreeJournal.id)
    lignes = list(db.session.scalars(requete))
    assert [ligne.action for ligne in lignes] == [
        "creer",
        "enregistrer",
        "transmettre",
        "retourner",
        "transmettre",
        "refuser",
    ]
    assert not any("Karine" in str((ligne.avant, ligne.apres)) for ligne in lignes)
    assert lire(demande_id).motif.startswith("Le formateur")


def test_withdrawn_it_makes_room_even_when_it_was_to_be_completed(troupe: Troupe, catec: int) -> None:
    for etat in (T, C):
        demande_id = demander(troupe, catec, etat)
        agir(Action.RETIRER, troupe.gestionnaire, demande_id)
        assert lire(demande_id).etat is X
    assert sujets()[-1][1].endswith("retirée")


def test_deleted_a_brouillon_leaves_no_file_and_no_row(troupe: Troupe, catec: int) -> None:
    demande_id = demander(troupe, catec, B, fichiers=(fichier(), fichier("photo.png", image())))
    assert len(stockage.lister("demandes/")) == 2
    for _ in range(2):
        actions.supprimer(troupe.gestionnaire, demande_id, 2)
    with pytest.raises(Introuvable):
        actions.supprimer(troupe.etranger, demande_id, 2)
    assert stockage.lister("demandes/") == []
    for modele in (Demande, PieceJointe, EvenementDemande):
        assert db.session.scalar(select(modele.id)) is None


def test_files_are_counted_taken_out_and_never_swept(troupe: Troupe, catec: int) -> None:
    demande_id = demander(troupe, catec, B, fichiers=tuple(fichier(f"{n}.pdf") for n in range(10)))
    with pytest.raises(SaisieInvalide, match="10 pièces"):
        enregistrer(troupe.gestionnaire, demande_id, 2, Saisie(fichiers=(fichier(),)))
    with pytest.raises(SaisieInvalide, match="vide"):
        enregistrer(troupe.gestionnaire, demande_id, 2, Saisie(fichiers=(fichier(), fichier("x", b""))))
    assert len(stockage.lister("demandes/")) == 10
    balayer_les_sessions()
    pieces.balayer()
    assert len(stockage.lister("demandes/")) == 10
    autre = une_demande(troupe.etranger, catec, B, troupe.administrateur, fichiers=(fichier(),))
    [etrangere] = lire(autre).pieces
    enregistrer(troupe.gestionnaire, demande_id, 2, Saisie(retirer_piece=etrangere.id))
    assert len(lire(autre).pieces) == 1
    sienne = lire(demande_id).pieces[0]
    sienne_id, cle = sienne.id, sienne.cle
    enregistrer(troupe.gestionnaire, demande_id, 3, Saisie(retirer_piece=sienne_id))
    assert not stockage.existe(cle)
    acteurs: list[tuple[Acteur, int, int]] = [
        (troupe.gestionnaire, autre, etrangere.id),
        (troupe.gestionnaire, demande_id, etrangere.id),
        (troupe.delegataire, demande_id, lire(demande_id).pieces[0].id),
        (troupe.administrateur, demande_id, lire(demande_id).pieces[0].id),
    ]
    for acteur, numero, piece_id in acteurs:
        with pytest.raises(Introuvable):
            charger_piece(acteur, numero, piece_id)


@pytest.mark.usefixtures("chaque_base")
def test_lists_and_counts_follow_the_turn(troupe: Troupe) -> None:
    ids = {
        etat: demander(troupe, un_certificat(f"L{etat}", f"L{etat}").niveau_id, etat) for etat in EtatDemande
    }

    def listees(acteur: Acteur) -> dict[ListeDemandes, set[int]]:
        return {x: {d.id for d in lectures.lister(acteur, x, PREMIERE).lignes} for x in ListeDemandes}

    decidees = {ids[A], ids[R], ids[X]}
    pour_nous, pour_eux = listees(troupe.gestionnaire), listees(troupe.administrateur)
    assert pour_nous[ListeDemandes.A_TRAITER] == {ids[B], ids[C]}
    assert pour_nous[ListeDemandes.EN_COURS] == {ids[T], *decidees}
    assert pour_eux[ListeDemandes.A_TRAITER] == {ids[T]}
    assert pour_eux[ListeDemandes.EN_COURS] == {ids[C]}
    assert pour_nous[ListeDemandes.DECIDEES] == pour_eux[ListeDemandes.DECIDEES] == decidees
    for acteur, lues in ((troupe.gestionnaire, pour_nous), (troupe.administrateur, pour_eux)):
        comptes = lectures.compter(acteur)
        assert {x: comptes.de(x) for x in ListeDemandes} == {x: len(lues[x]) for x in ListeDemandes}
    for acteur in (troupe.delegataire, troupe.formateur):
        assert lectures.compter(acteur).decidees == 0
    assert not any(listees(troupe.etranger).values())
    with transaction():
        for demande_id in decidees:
            db.session.get_one(Demande, demande_id).decidee_le -= timedelta(days=92)  # type: ignore[assignment, operator]
    assert listees(troupe.gestionnaire)[ListeDemandes.EN_COURS] == {ids[T]}


@pytest.mark.usefixtures("chaque_base")
@pytest.mark.parametrize("cause", ["suspendue", "sans_gestionnaire"])
def test_what_nobody_of_the_entite_can_complete_reaches_the_administrateur(
    troupe: Troupe, catec: int, cause: str
) -> None:
    """It stands in their list and counts there; they accept or refuse it, and return it to nobody."""
    aide = un_certificat("Aide", "APS-ASD").niveau_id
    rendue, attend = demander(troupe, catec, C), demander(troupe, aide, T)
    admin = troupe.administrateur
    assert lectures.compter(admin).a_traiter == 1
    with pytest.raises(ActionImpossible):
        agir(Action.ACCEPTER, admin, rendue)
    with transaction():
        if cause == "suspendue":
            db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = aujourd_hui()
        else:
            db.session.get_one(Individu, troupe.gestionnaire.individu_id).actif = False
    comptes = lectures.compter(admin)
    assert (comptes.a_traiter, comptes.en_cours) == (2, 0)
    page = lectures.lister(admin, ListeDemandes.A_TRAITER, PREMIERE)
    assert {d.id for d in page.lignes} == page.empechees == {rendue, attend}
    sienne = lectures.compter(troupe.gestionnaire)
    assert (sienne.a_traiter, sienne.en_cours) == (0, 2)
    with pytest.raises(ActionImpossible):
        agir(Action.RETOURNER, admin, rendue)
    agir(Action.REFUSER, admin, rendue)
    agir(Action.ACCEPTER, admin, attend)
    assert (lire(rendue).etat, lire(attend).etat) == (R, A)
