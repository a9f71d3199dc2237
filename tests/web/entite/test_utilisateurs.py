"""UTILISATEURS: who a gestionnaire sees, invites, prolongs and withdraws; and nobody of another entité."""

from collections.abc import Callable
from datetime import timedelta
from typing import Any

import pytest
from sqlalchemy import func, select
from werkzeug.test import TestResponse

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.temps import format_date
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui, maintenant
from tests.support.factories import un_acteur, un_role, une_personne
from tests.support.statements import requetes
from tests.web.administration.test_fiches_des_entites import caches, envoyer
from tests.web.distribution import Navigateur
from tests.web.entrees_invalides import DATES_REFUSEES, QUELQUES_NOMS_REFUSES
from tests.web.lecture import Page
from tests.web.scene import Scene

G, D = TypeRole.GESTIONNAIRE, TypeRole.DELEGATAIRE
NOUVELLE = {"nom": "Bonnet", "prenom": "Lise", "email": "lise@b.example", "role": "delegataire", "fin_le": ""}
ADRESSES_REFUSEES = (
    "",
    "a@b",
    "Lise <a@b.example>",
    "a@b.example, c@d.example",
    "a@b.example\r\nBcc: c@d.fr",
)


@pytest.fixture
def navigateur(scene: Scene) -> Navigateur:
    return scene.navigateur(scene.troupe.gestionnaire)


@pytest.fixture
def liste(scene: Scene) -> str:
    return scene.adresse("/utilisateurs")


def personne(scene: Scene, *roles: tuple[TypeRole, int], **colonnes: Any) -> int:
    """Somebody with these roles; their identifier."""

    def creer() -> int:
        qui = une_personne(**colonnes).id
        for type_, entite_id in roles:
            un_role(qui, type_, entite_id)
        return qui

    return scene.dans(creer)


def combien(scene: Scene, modele: type) -> int:
    return scene.dans(lambda: db.session.scalar(select(func.count()).select_from(modele)) or 0)


def confirmer(navigateur: Navigateur, adresse: str) -> TestResponse:
    """Press the button of the recap on which a withdrawal opens."""
    return navigateur.post(adresse, {**caches(navigateur.get(adresse)), "confirme": "1"})


def test_the_list_names_the_entites_own_with_their_roles_and_their_ends(
    scene: Scene, navigateur: Navigateur, liste: str
) -> None:
    marose, guy = scene.troupe.marose.entite_id, scene.troupe.guy.entite_id
    qui = personne(scene, (D, marose), (G, guy), nom="Bonnet", prenom="Lise", mot_de_passe="x")
    demain = format_date(aujourd_hui() + timedelta(days=1))
    assert envoyer(navigateur, f"{liste}/{qui}/fin-delegataire", fin_le=demain).status_code == 303
    # What they are elsewhere is nobody's business here.
    assert f"Délégataire jusqu’au {demain} Jamais connecté En activité" in Page(navigateur.get(liste)).texte
    fiche = Page(navigateur.get(f"{liste}/{qui}")).texte
    assert "BONNET Lise" in fiche and "Gestionnaire" not in fiche.partition("Identité")[2]
    assert "RIVIÈRE" not in navigateur.get(liste).text  # a formateur belongs to nobody
    assert confirmer(navigateur, f"{liste}/{qui}/retirer-delegataire").status_code == 303
    for filtre, presente in (("", False), ("?etat=termines", True), ("?etat=tous", True)):
        assert ("BONNET Lise" in navigateur.get(f"{liste}{filtre}").text) is presente, filtre
    assert "Délégataire, retiré" in navigateur.get(f"{liste}?etat=termines").text
    # Once they have left, neither their address nor their logins are.
    assert "@" in fiche and "Dernière connexion" in fiche
    apres = Page(navigateur.get(f"{liste}/{qui}")).texte
    assert (
        "@" not in apres.partition("Identité")[2].partition("Assistance")[0]
        and "Dernière connexion" not in apres
    )


def test_it_is_searched_by_the_beginnings_of_words_that_stand_in_no_address(
    scene: Scene, navigateur: Navigateur, liste: str
) -> None:
    cherche = select(Individu.numero, Individu.email).filter_by(id=scene.troupe.delegataire.individu_id)
    numero, email = scene.dans(lambda: db.session.execute(cherche).one())
    for recherche in ("tess", "Cam Téss", numero.lower(), email, str(email).partition("@")[0]):
        reponse = navigateur.post(f"{liste}/recherche", {"recherche": recherche})
        assert "TESSIER Camille" in reponse.text and "VASSEUR" not in reponse.text, recherche
        assert not any("tess" in a.lower() for a in Page(reponse).adresses)
    for recherche in ("zzz", "essier", "<script>alert(1)</script>", "%", "x" * 10_000, "\0"):
        reponse = navigateur.post(f"{liste}/recherche", {"recherche": recherche})
        assert reponse.status_code == 200 and Page(reponse).dangers == [], recherche
    for criteres in ("page=-1&tri=mot_de_passe", "tri=connexion&sens=desc", "etat=x&page=99999999999"):
        assert "TESSIER" in navigateur.get(f"{liste}?{criteres}").text, criteres


def test_nobody_of_another_entite_is_seen_counted_or_touched(
    scene: Scene, navigateur: Navigateur, liste: str
) -> None:
    guy = scene.troupe.guy.entite_id
    etrangere = personne(scene, (D, guy), nom="Bonnet", prenom="Lise")
    effacee = personne(scene, (D, scene.troupe.marose.entite_id), efface_le=maintenant(), actif=False)
    for filtre in ("", "?etat=termines", "?etat=tous"):
        assert "BONNET" not in navigateur.get(f"{liste}{filtre}").text
    assert "Rien ne correspond" in navigateur.post(f"{liste}/recherche", {"recherche": "bonnet"}).text
    avant = combien(scene, Role)
    gestes = ("donner", "fin-delegataire", "retirer-delegataire", "retirer-gestionnaire", "inviter")
    for qui in (etrangere, effacee, scene.troupe.formateur.individu_id, 0, 10**12):
        for suite in ("", *(f"/{geste}" for geste in gestes)):
            assert navigateur.get(f"{liste}/{qui}{suite}").status_code == 404, (qui, suite)
            if suite:
                champs = {"role": "delegataire", "fin_le": "", "confirme": "1", "jeton": "z" * 43}
                assert navigateur.post(f"{liste}/{qui}{suite}", champs).status_code == 404, (qui, suite)
    assert navigateur.get(f"/entite/{guy}/utilisateurs").status_code == 404
    assert combien(scene, Role) == avant


def test_what_is_refused_stands_beside_its_field_keeps_the_rest_and_changes_nothing(
    scene: Scene, navigateur: Navigateur, liste: str
) -> None:
    avant = combien(scene, Individu), combien(scene, Role)
    refuses = {
        "nom": QUELQUES_NOMS_REFUSES,
        "prenom": ("李小龍",),
        "email": ADRESSES_REFUSEES,
        "role": ("", "formateur", "administrateur", "GESTIONNAIRE", "1 OR 1=1"),
        "fin_le": (*DATES_REFUSEES, format_date(aujourd_hui() - timedelta(days=1))),
    }
    caches_ = caches(navigateur.get(f"{liste}/nouveau"))
    for champ, textes in refuses.items():
        for texte in textes:
            reponse = navigateur.post(f"{liste}/nouveau", {**caches_, **NOUVELLE, champ: texte})
            page = Page(reponse)
            assert reponse.status_code == 422, (champ, texte[:20])
            assert page.messages.get(champ), (champ, texte[:20])
            assert page.dangers == [] and page.valeurs["nom" if champ != "nom" else "email"]
    assert (combien(scene, Individu), combien(scene, Role)) == avant


def test_a_withdrawn_role_ends_at_the_next_request_on_every_device(
    scene: Scene, navigateur: Navigateur, liste: str
) -> None:
    """The second device too; what the person is elsewhere goes on, under the same logins."""
    marose, guy = scene.troupe.marose.entite_id, scene.troupe.guy.entite_id
    qui = personne(scene, (G, marose), (D, guy), nom="Bonnet")
    appareils = [scene.navigateur(Acteur(qui, G, marose)) for _ in range(2)]
    for appareil in appareils:
        assert appareil.get(liste).status_code == 200
    recapitulatif = navigateur.get(f"{liste}/{qui}/retirer-gestionnaire")
    assert "BONNET Stéphanie ne sera plus gestionnaire de l’entité MAROSE FORMATION" in recapitulatif.text
    assert appareils[0].get(liste).status_code == 200  # nothing is done yet
    assert confirmer(navigateur, f"{liste}/{qui}/retirer-gestionnaire").status_code == 303
    for appareil in appareils:
        assert appareil.get(liste).status_code == 404
        assert appareil.post(f"{liste}/nouveau", NOUVELLE).status_code == 404
        assert appareil.get(f"/entite/{guy}/sessions/en-cours").status_code == 200
    assert confirmer(navigateur, f"{liste}/{qui}/retirer-gestionnaire").status_code == 409


def test_a_role_past_its_end_opens_nothing_the_day_after(
    scene: Scene, navigateur: Navigateur, liste: str, horloge_a: Callable[[str], None]
) -> None:
    qui = personne(scene, (G, scene.troupe.marose.entite_id))
    appareil = scene.navigateur(Acteur(qui, G, scene.troupe.marose.entite_id))
    fin = aujourd_hui()
    envoyer(navigateur, f"{liste}/{qui}/fin-gestionnaire", fin_le=format_date(fin))
    assert appareil.get(liste).status_code == 200
    horloge_a(f"{fin + timedelta(days=1)}T00:00:30+01:00")
    assert appareil.get(liste).status_code == 404


def test_the_last_gestionnaire_is_told_what_to_do_first(
    scene: Scene, navigateur: Navigateur, liste: str
) -> None:
    moi = scene.troupe.gestionnaire.individu_id
    refus = confirmer(navigateur, f"{liste}/{moi}/retirer-gestionnaire")
    assert refus.status_code == 422 and "n’aurait plus de gestionnaire. Donnez d’abord" in refus.text
    refus = envoyer(navigateur, f"{liste}/{moi}/fin-gestionnaire", fin_le="31/12/2099")
    assert "après le 31/12/2099" in Page(refus).messages["fin_le"]
    assert Page(refus).valeurs["fin_le"] == "31/12/2099"
    releve = personne(scene, (G, scene.troupe.marose.entite_id), mot_de_passe="x")
    assert navigateur.get(f"{liste}/{releve}").status_code == 200
    assert "votre propre rôle" in navigateur.get(f"{liste}/{moi}/retirer-gestionnaire").text
    depart = confirmer(navigateur, f"{liste}/{moi}/retirer-gestionnaire")
    assert (depart.status_code, depart.location) == (303, "/")
    assert navigateur.get(liste).status_code == 404


def test_a_suspended_entite_reads_its_users_and_changes_none(
    scene: Scene, navigateur: Navigateur, liste: str
) -> None:
    def suspendre() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).suspendue_le = aujourd_hui()
        db.session.commit()

    scene.dans(suspendre)
    qui = scene.troupe.delegataire.individu_id
    assert "TESSIER" in navigateur.post(f"{liste}/recherche", {"recherche": "tess"}).text
    assert "Inviter" not in navigateur.get(liste).text
    assert "Retirer" not in navigateur.get(f"{liste}/{qui}").text
    avant = combien(scene, Role)
    for adresse in (f"{liste}/nouveau", f"{liste}/{qui}/donner", f"{liste}/{qui}/retirer-delegataire"):
        reponse = navigateur.post(adresse, {**NOUVELLE, "confirme": "1", "jeton": "z" * 43})
        assert reponse.status_code == 409, adresse
    assert combien(scene, Role) == avant


def test_as_many_queries_for_3_users_as_for_25(scene: Scene, navigateur: Navigateur, liste: str) -> None:
    def compter() -> int:
        with requetes() as envoyees:
            assert navigateur.get(f"{liste}?etat=tous").status_code == 200
        return len(envoyees)

    marose = scene.troupe.marose.entite_id
    navigateur.get(liste)
    peu = compter()
    scene.dans(lambda: [un_acteur(D, marose, f"Bonnet {chr(65 + n)}") for n in range(22)])
    assert compter() == peu
