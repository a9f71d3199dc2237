"""Invitations: sent and followed by the gestionnaires, answered by the person, after login or by the link."""

import re
from typing import Any

import pytest
from sqlalchemy import select

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.courriers.modeles import Courrier
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.roles.modeles import RolePropose
from certif.socle.base.extensions import db
from tests.support.factories import un_role, une_personne
from tests.web import arbre
from tests.web.administration.test_fiches_des_entites import caches, envoyer
from tests.web.distribution import Navigateur
from tests.web.entite.test_utilisateurs import ADRESSES_REFUSEES, NOUVELLE, combien, confirmer
from tests.web.lecture import Page
from tests.web.scene import Scene
from tests.web.test_liens import PHRASE, dernier_lien, poster

G, D = TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE


@pytest.fixture
def navigateur(scene: Scene) -> Navigateur:
    return scene.navigateur(scene.troupe.gestionnaire)


@pytest.fixture
def nouveau(scene: Scene) -> str:
    return scene.adresse("/utilisateurs/nouveau")


def une_inscrite(scene: Scene, **colonnes: Any) -> tuple[Acteur, str]:
    """Somebody of another entité, who has an account, and their address."""

    def creer() -> tuple[Acteur, str]:
        qui = une_personne(**colonnes)
        return un_role(qui.id, G, scene.troupe.guy.entite_id), qui.email or ""

    return scene.dans(creer)


def formulaires(page: Any) -> dict[str, dict[str, str]]:
    """The forms of the invitations on a page: action → hidden fields."""
    trouves = arbre.lire(page.text).xpath("//form[starts-with(@action, '/compte/invitations/')]")
    return {f.get("action"): {"jeton": f.xpath("string(.//input[@name='jeton']/@value)")} for f in trouves}


def sans_ce_qui_est_propre(texte: str) -> str:
    return re.sub(
        r'csrf_token" value="[^"]+"|X-C(SRFToken|ertif-Page)": "[^"]+|invitations/\d+|[a-z0-9]+@\S+\.example',
        "",
        texte,
    )


def test_the_page_shows_what_was_typed_whoever_has_the_address(
    scene: Scene, navigateur: Navigateur, nouveau: str
) -> None:
    """Unknown, known elsewhere, administrateur, without account, deactivated: not a byte of difference."""
    _, connue = une_inscrite(scene, nom="Connue", mot_de_passe="x")
    desactivee, sans = scene.dans(
        lambda: (une_personne("Partie", actif=False).email or "", une_personne("Sans").email or "")
    )
    admin = scene.dans(
        lambda: db.session.get_one(Individu, scene.troupe.administrateur.individu_id).email or ""
    )
    fiches = []
    for email in ("neuve@b.example", connue, admin, sans, desactivee):
        reponse = envoyer(navigateur, nouveau, **{**NOUVELLE, "email": email})
        assert reponse.status_code == 303 and "/invitations/" in reponse.location, email
        fiche = navigateur.get(reponse.location)
        assert (
            "BONNET Lise" in fiche.text and email in fiche.text and "L’invitation est envoyée" in fiche.text
        )
        fiches.append(sans_ce_qui_est_propre(fiche.text))
        liste = navigateur.get(scene.adresse("/invitations")).text
        assert email in liste and "CONNUE" not in liste and "PARTIE" not in liste
        confirmer(navigateur, f"{reponse.location}/annuler")
    assert len(set(fiches)) == 1
    assert "BONNET" not in navigateur.get(scene.adresse("/utilisateurs?etat=tous")).text


def test_sent_once_corrected_and_taken_back(scene: Scene, navigateur: Navigateur, nouveau: str) -> None:
    champs = {**caches(navigateur.get(nouveau)), **NOUVELLE}
    fiches = {navigateur.post(nouveau, champs).location for _ in range(2)}
    (fiche,) = fiches
    assert combien(scene, Courrier) == combien(scene, RolePropose) == 1
    lien = dernier_lien(scene)
    for email in ADRESSES_REFUSEES:
        refus = envoyer(navigateur, f"{fiche}/corriger", email=email)
        assert refus.status_code == 422 and Page(refus).messages["email"], email
    assert envoyer(navigateur, f"{fiche}/corriger", email="lise.bonnet@b.example").status_code == 303
    assert "lise.bonnet@b.example" in navigateur.get(fiche).text
    anonyme = Navigateur(scene.app.test_client())
    assert anonyme.get(lien).status_code == 410
    lien = dernier_lien(scene)
    assert anonyme.get(lien).status_code == 200
    assert envoyer(navigateur, f"{fiche}/renvoyer").status_code == 303
    assert anonyme.get(lien).status_code == 410
    lien = dernier_lien(scene)
    assert anonyme.get(lien).status_code == 200
    assert confirmer(navigateur, f"{fiche}/annuler").location == scene.adresse("/invitations")
    assert (navigateur.get(fiche).status_code, anonyme.get(lien).status_code) == (404, 410)


def test_a_second_person_of_the_same_name_is_said_first_and_never_refused(
    scene: Scene, navigateur: Navigateur, nouveau: str
) -> None:
    envoyer(navigateur, nouveau, **NOUVELLE)
    seconde = {**NOUVELLE, "nom": "BONNET", "email": "autre@b.example"}
    reponse = envoyer(navigateur, nouveau, **seconde)
    recapitulatif = navigateur.get(reponse.location)
    assert "BONNET Lise, lise@b.example" in Page(recapitulatif).texte
    assert combien(scene, RolePropose) == 1
    fait = navigateur.post(nouveau, {**caches(recapitulatif), **seconde, "confirme": "1"})
    assert fait.status_code == 303 and combien(scene, RolePropose) == 2


def test_no_other_column_is_written(scene: Scene, navigateur: Navigateur, nouveau: str) -> None:
    intrus = {
        "entite_id": str(scene.troupe.guy.entite_id),
        "type": "administrateur",
        "expire_le": "2099-01-01",
    }
    envoyer(navigateur, nouveau, **NOUVELLE, **intrus)
    lue = scene.dans(lambda: db.session.scalars(select(RolePropose)).one())
    assert (lue.entite_id, lue.type) == (scene.troupe.marose.entite_id, D)
    assert (lue.expire_le - lue.cree_le).days == 7


def test_another_role_is_offered_from_the_record_and_none_to_who_has_left(
    scene: Scene, navigateur: Navigateur
) -> None:
    liste, qui = scene.adresse("/utilisateurs"), scene.troupe.collegue.individu_id
    donne = envoyer(navigateur, f"{liste}/{qui}/donner", role="gestionnaire", fin_le="")
    assert "Gestionnaire" in navigateur.get(donne.location).text
    assert scene.dans(lambda: db.session.scalars(select(Role).filter_by(individu_id=qui)).one().type) is D
    confirmer(navigateur, f"{liste}/{qui}/retirer-delegataire")
    fiche = navigateur.get(f"{liste}/{qui}")
    assert "Donner un rôle" not in fiche.text and "invitez cette personne à son adresse" in fiche.text


class TestReponse:
    def test_after_login_the_invitation_waits_and_is_accepted_once(
        self, scene: Scene, navigateur: Navigateur, nouveau: str
    ) -> None:
        acteur, email = une_inscrite(scene, nom="Connue")
        envoyer(navigateur, nouveau, **{**NOUVELLE, "email": email})
        invitee = scene.navigateur(acteur)
        accueil = invitee.get("/")
        assert "MAROSE FORMATION vous invite comme délégataire" in accueil.text
        assert "MAROSE FORMATION vous invite comme délégataire" in invitee.get("/compte/").text
        (accepter, champs), _ = formulaires(accueil).items()
        etranger = scene.navigateur(scene.troupe.collegue)
        assert etranger.post(accepter, {"jeton": "z" * 43}).status_code == 404
        assert formulaires(etranger.get("/compte/")) == {}
        for _ in range(2):  # a double click
            fait = invitee.post(accepter, champs)
            assert (fait.status_code, fait.location) == (303, scene.adresse("/"))
        assert invitee.get(scene.adresse("/sessions/en-cours")).status_code == 200
        assert "CONNUE" in navigateur.get(scene.adresse("/utilisateurs")).text
        assert "vous invite" not in invitee.get("/compte/").text

    def test_refused_it_is_shown_so_and_goes_from_the_account(
        self, scene: Scene, navigateur: Navigateur, nouveau: str
    ) -> None:
        acteur, email = une_inscrite(scene)
        fiche = envoyer(navigateur, nouveau, **{**NOUVELLE, "email": email}).location
        invitee = scene.navigateur(acteur)
        _, (refuser, champs) = formulaires(invitee.get("/")).items()
        for _ in range(2):
            assert invitee.post(refuser, champs).status_code == 303
        assert invitee.post(refuser, {"jeton": "y" * 43}).status_code == 404
        assert "Refusée" in navigateur.get(fiche).text
        assert "Envoyer de nouveau" not in navigateur.get(fiche).text
        assert invitee.get("/").location == f"/entite/{acteur.entite_id}/"

    def test_the_link_opens_the_account_of_who_has_none(
        self, scene: Scene, navigateur: Navigateur, nouveau: str
    ) -> None:
        envoyer(navigateur, nouveau, **NOUVELLE)
        invitee = Navigateur(scene.app.test_client())
        lien = dernier_lien(scene)
        page = invitee.get(lien)
        assert "<h1>MAROSE FORMATION vous invite comme délégataire</h1>" in page.text
        refus = poster(invitee, lien, "court")
        assert refus.status_code == 422 and 'href="#nouveau"' in refus.text
        reponse = poster(invitee, lien)
        suite = invitee.client.get(reponse.location, follow_redirects=True)
        assert (
            suite.request.path == scene.adresse("/sessions/a-traiter")
            and "Votre compte est prêt" in suite.text
        )
        assert poster(invitee, lien).status_code == invitee.get(lien).status_code == 410

    def test_the_link_can_be_refused_without_account(
        self, scene: Scene, navigateur: Navigateur, nouveau: str
    ) -> None:
        fiche = envoyer(navigateur, nouveau, **NOUVELLE).location
        invitee, lien = Navigateur(scene.app.test_client()), dernier_lien(scene)
        invitee.get(lien)
        cle = lien.partition("cle=")[2]
        assert invitee.post("/lien/role/refus", {"cle": cle}).status_code == 303
        assert invitee.post("/lien/role/refus", {"cle": cle}).status_code == 410
        assert "Refusée" in navigateur.get(fiche).text

    def test_the_link_of_an_account_asks_for_its_login(
        self, scene: Scene, navigateur: Navigateur, nouveau: str
    ) -> None:
        acteur, email = une_inscrite(scene)
        scene.navigateur(acteur)
        envoyer(navigateur, nouveau, **{**NOUVELLE, "email": email})
        lien = dernier_lien(scene)
        anonyme = Navigateur(scene.app.test_client())
        assert 'href="/connexion?suivant=/compte/"' in anonyme.get(lien).text
        assert "Mot de passe" not in anonyme.get(lien).text
        assert "c’est un autre compte qui est connecté ici" in arbre.texte(
            arbre.lire(navigateur.get(lien).text)
        )
        assert scene.navigateur(acteur).get(lien).location == "/compte/"
        assert poster(anonyme, lien, PHRASE).status_code == 410


def test_only_logins_to_this_entites_space_are_told(scene: Scene, navigateur: Navigateur) -> None:
    marose = scene.troupe.marose.entite_id
    qui = scene.dans(lambda: une_personne("Bonnet").id)
    ici = scene.dans(lambda: un_role(qui, D, marose))
    la = scene.dans(lambda: un_role(qui, G, scene.troupe.guy.entite_id))
    fiche = scene.adresse(f"/utilisateurs/{qui}")
    appareil = scene.navigateur(la)
    assert appareil.get(f"/entite/{la.entite_id}/sessions/en-cours").status_code == 200
    assert "Jamais connecté" in Page(navigateur.get(fiche)).texte
    assert scene.navigateur(ici).get(scene.adresse("/sessions/en-cours")).status_code == 200
    assert "Jamais connecté" not in Page(navigateur.get(fiche)).texte
