"""The entité's lists: what stands in them, how they sort, filter and search; one session per click."""

import gzip
import re
from datetime import UTC, date, datetime, timedelta

import pytest
from sqlalchemy import update

from certif.domaine.personnes.modeles import Entite
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from certif.web.sessions.filtres import lire_texte
from tests.support.factories import un_stagiaire, une_personne
from tests.support.statements import requetes
from tests.web import arbre
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

A_TRAITER, EN_COURS = "/sessions/a-traiter", "/sessions/en-cours"
JETON = "J" * 43


def numeros(page: str) -> list[int]:
    """The sessions that the list shows, in its order."""
    return [int(n) for n in re.findall(r'aria-label="Session n°(\d+)"', page)]


def puces(page: str) -> list[str]:
    return [arbre.texte(puce) for puce in arbre.lire(page).xpath("//a[@class='puce']")]


def fragment(navigateur: Navigateur, adresse: str) -> str:
    entetes = {"HX-Request": "true", "HX-Request-Type": "partial"}
    return navigateur.get(adresse, headers=entetes).text


def test_the_space_begins_with_what_waits_there(scene: Scene, gestionnaire: Navigateur) -> None:
    assert gestionnaire.get(scene.adresse("/")).location == scene.adresse(A_TRAITER)


def test_an_empty_list_teaches_and_starts(scene: Scene, gestionnaire: Navigateur) -> None:
    page = gestionnaire.get(scene.adresse(A_TRAITER)).text
    assert "Vous n’avez pas de session de certification à traiter" in page
    assert "celles que le formateur vous renvoie" in page
    assert f'action="{scene.adresse("/sessions")}"' in page
    assert 'id="recherche"' not in page


def test_a_list_says_what_came_of_sessions_once_results_were_sent(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    scene.session(Etat.VALIDATION_FORMATEUR, reussites=1, echecs=0)
    scene.session(Etat.VALIDATION_ENTITE, reussites=11, echecs=1)
    scene.session(Etat.GENERE, reussites=2, echecs=0)
    page = arbre.lire(gestionnaire.get(scene.adresse(A_TRAITER)).text)
    page_en_cours = arbre.lire(gestionnaire.get(scene.adresse(EN_COURS)).text)
    dits = [
        arbre.texte(e)
        for liste in (page, page_en_cours)
        for e in liste.xpath("//td/span[@class='discret petit']")
    ]
    assert dits == ["11 réussites, 1 échec", "2 réussites, 0 échec"]


def test_without_habilitation_the_list_leads_to_the_demande_of_one(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    def perimer() -> None:
        db.session.execute(update(Habilitation).values(fin=aujourd_hui() - timedelta(days=60)))
        db.session.commit()

    scene.dans(perimer)
    page = gestionnaire.get(scene.adresse(A_TRAITER)).text
    assert scene.adresse("/demandes/nouvelle") in page
    assert "Nouvelle session" not in page
    delegataire = scene.navigateur(scene.troupe.delegataire).get(scene.adresse(A_TRAITER)).text
    assert "dès qu’un gestionnaire" in delegataire
    assert "/demandes/nouvelle" not in delegataire and "Nouvelle session" not in delegataire


def test_each_session_stands_in_the_list_of_whose_turn_it_is(scene: Scene, gestionnaire: Navigateur) -> None:
    brouillon, soumise = scene.session(), scene.session(Etat.VALIDATION_FORMATEUR)
    assert numeros(gestionnaire.get(scene.adresse(A_TRAITER)).text) == [brouillon]
    page = gestionnaire.get(scene.adresse(EN_COURS)).text
    assert numeros(page) == [soumise]
    assert "Au tour de R. Stéphanie" in page


def test_a_blocked_session_says_so(scene: Scene, gestionnaire: Navigateur) -> None:
    def retirer() -> None:
        db.session.get_one(Habilitation, scene.troupe.marose.habilitation_id).retrait_le = date(2021, 1, 1)
        db.session.commit()

    scene.session(Etat.VALIDATION_ENTITE)
    scene.dans(retirer)
    assert "Bloquée\u00a0: aucune habilitation" in gestionnaire.get(scene.adresse(A_TRAITER)).text


def colonnes(page: str) -> list[str]:
    """The headers of the list, without what is said of their order."""
    return [arbre.texte(th).partition(",")[0].strip() for th in arbre.lire(page).xpath("//thead//th")]


def test_a_date_is_shown_itself_with_words_beside_it_where_near(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    jour = aujourd_hui()
    for ecart in (1, 8):
        scene.session(date_fin=jour + timedelta(days=ecart))
    page = arbre.lire(gestionnaire.get(scene.adresse(A_TRAITER)).text)
    fins = page.xpath("//td[starts-with(@data-libelle, 'Fin de session')]")
    dites = [f"{jour + timedelta(days=1):%d/%m/%Y} demain", f"{jour + timedelta(days=8):%d/%m/%Y}"]
    assert [arbre.texte(fin) for fin in fins] == dites


@pytest.mark.parametrize(("nom", "coupe"), [("Lefèvre de Montmorency-Laval", False), ("Wolfe" * 14, True)])
def test_a_word_too_long_for_its_column_may_be_cut(
    scene: Scene, gestionnaire: Navigateur, nom: str, coupe: bool
) -> None:
    qui = scene.dans(lambda: une_personne(nom).id)
    scene.session(dernier_intervenant_id=qui)
    page = arbre.lire(gestionnaire.get(scene.adresse(A_TRAITER)).text)
    [cellule] = page.xpath(f"//td[contains(., '{nom.upper()}')]")
    assert ("mots-longs" in cellule.get("class").split()) is coupe


def test_an_instant_is_shown_by_its_day_in_paris(scene: Scene, gestionnaire: Navigateur) -> None:
    scene.session(modifiee_le=datetime(2026, 6, 9, 22, 30, tzinfo=UTC))
    [instant] = arbre.lire(gestionnaire.get(scene.adresse(A_TRAITER)).text).xpath("//td//time[@title]")
    assert (arbre.texte(instant), instant.get("title")) == ("10/06/2026", "10/06/2026 à 0\u00a0h\u00a030")


def test_a_column_that_says_nothing_takes_no_room(scene: Scene, gestionnaire: Navigateur) -> None:
    scene.session(date_fin=None, certificat_id=None)
    page = gestionnaire.get(scene.adresse(A_TRAITER)).text
    assert not {"Certificat", "Date de fin de session"} & {*colonnes(page)}
    assert len({len(rangee.xpath("./th | ./td")) for rangee in arbre.lire(page).xpath("//tr")}) == 1
    triee = gestionnaire.get(scene.adresse(A_TRAITER + "?tri=date-fin")).text
    assert "Date de fin de session" in colonnes(triee), "what sorts the list stays in sight"
    scene.session()
    assert {"Certificat", "Date de fin de session"} < {
        *colonnes(gestionnaire.get(scene.adresse(A_TRAITER)).text)
    }


@pytest.mark.parametrize("role", ["delegataire", "etranger"])
def test_nobody_lists_what_is_not_theirs(scene: Scene, role: str) -> None:
    numero = scene.session()
    navigateur = scene.navigateur(getattr(scene.troupe, role))
    entite = scene.troupe.marose if role == "delegataire" else scene.troupe.guy
    for liste in (A_TRAITER, EN_COURS):
        adresse = f"/entite/{entite.entite_id}{liste}"
        assert numeros(navigateur.get(f"{adresse}?recherche={numero}").text) == []
        assert numeros(navigateur.post(f"{adresse}/nom", {"nom": "lefevre"}).text) == []


def test_another_entite_s_lists_do_not_exist(scene: Scene) -> None:
    navigateur = scene.navigateur(scene.troupe.etranger)
    assert navigateur.get(scene.adresse(A_TRAITER)).status_code == 404
    assert navigateur.post(scene.adresse(A_TRAITER + "/nom"), {"nom": "x"}).status_code == 404
    assert navigateur.post(scene.adresse("/sessions"), {"jeton": JETON}).status_code == 404


def test_the_whole_row_opens_the_session_and_the_bin_asks_first(
    scene: Scene, gestionnaire: Navigateur
) -> None:
    numero = scene.session()
    page = gestionnaire.get(scene.adresse(A_TRAITER)).text
    assert f'class="ligne-lien" href="{scene.adresse(f"/sessions/{numero}")}"' in page
    assert f'href="{scene.adresse(f"/sessions/{numero}/supprimer")}"' in page


def test_generated_sessions_have_no_bin(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(Etat.GENERATION)
    assert f"/sessions/{numero}/supprimer" not in gestionnaire.get(scene.adresse(EN_COURS)).text


def test_sorting_says_its_direction_and_turns_round(scene: Scene, gestionnaire: Navigateur) -> None:
    un, deux, trois = (scene.session(date_fin=date(2026, 6, jour)) for jour in (20, 10, 30))
    page = gestionnaire.get(scene.adresse(A_TRAITER + "?tri=date-fin")).text
    assert numeros(page) == [deux, un, trois]
    assert 'aria-sort="ascending"' in page
    [inverse] = arbre.lire(page).xpath("//th[@aria-sort='ascending']/a/@href")
    assert numeros(gestionnaire.get(inverse).text) == [trois, un, deux]


def test_chips_count_each_state_and_filter(scene: Scene, gestionnaire: Navigateur) -> None:
    scene.session(), scene.session()
    numero = scene.session(Etat.VALIDATION_ENTITE)
    page = gestionnaire.get(scene.adresse(A_TRAITER)).text
    assert puces(page) == ["Tous les états 3", "En cours de saisie 2", "En cours de validation Entité 1"]
    filtree = gestionnaire.get(scene.adresse(A_TRAITER + "?etat=validation_entite")).text
    assert numeros(filtree) == [numero]


def test_a_gestionnaire_may_keep_what_they_declared(scene: Scene, gestionnaire: Navigateur) -> None:
    mienne = scene.session(Etat.VALIDATION_ENTITE)
    scene.session(Etat.VALIDATION_ENTITE, declarant=scene.troupe.delegataire)
    page = gestionnaire.get(scene.adresse(A_TRAITER)).text
    assert puces(page) == ["Toutes", "Déclarées par moi 1"]
    assert numeros(gestionnaire.get(scene.adresse(A_TRAITER + "?par=moi")).text) == [mienne]


@pytest.mark.parametrize(
    "texte", ["SST", "sst-1", "etoile sur", "Convention 118", "{numero}", "n°{numero}"], ids=str
)
def test_search_by_what_an_address_may_hold(scene: Scene, gestionnaire: Navigateur, texte: str) -> None:
    numero = scene.session(reference_interne="Convention 118")
    page = gestionnaire.get(
        scene.adresse(A_TRAITER), query_string={"recherche": texte.format(numero=numero)}
    ).text
    assert numeros(page) == [numero]


def test_a_search_without_result_leads_back_to_the_list(scene: Scene, gestionnaire: Navigateur) -> None:
    scene.session()
    page = gestionnaire.get(scene.adresse(A_TRAITER + "?recherche=zzz")).text
    assert "Aucune session «\u00a0zzz\u00a0» ici" in page
    assert 'value="zzz"' in page
    assert f'href="{scene.adresse(A_TRAITER)}"' in page


@pytest.mark.parametrize(
    ("liste", "etat", "ailleurs"),
    [
        (A_TRAITER, Etat.VALIDATION_FORMATEUR, "sessions en cours"),
        (EN_COURS, Etat.SAISIE, "sessions à traiter"),
    ],
)
def test_a_failed_search_goes_on_in_the_other_list(
    scene: Scene, gestionnaire: Navigateur, liste: str, etat: Etat, ailleurs: str
) -> None:
    numero = scene.session(etat, reference_interne="C&A 50 %", stagiaires=[un_stagiaire("Zoltan")])
    page = gestionnaire.get(scene.adresse(liste), query_string={"recherche": "C&A 50 %", "etat": "genere"})
    [lien] = arbre.lire(page.text).xpath(f"//a[contains(., 'Chercher dans les {ailleurs}')]")
    assert numeros(gestionnaire.get(lien.get("href")).text) == [numero]
    # A name is posted there too.
    page = gestionnaire.post(scene.adresse(liste + "/nom"), {"nom": "zolt"})
    [envoi] = arbre.lire(page.text).xpath(f"//form[contains(., 'Chercher dans les {ailleurs}')]")
    [nom] = envoi.xpath(".//input[@name='nom']/@value")
    assert numeros(gestionnaire.post(envoi.get("action"), {"nom": nom}).text) == [numero]


def test_search_by_a_name_leaves_it_in_no_address(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session(stagiaires=[un_stagiaire("Lefèvre", "Hélène")])
    scene.session(stagiaires=[un_stagiaire("Çelik", "Noël")])
    page = gestionnaire.post(scene.adresse(A_TRAITER + "/nom"), {"nom": " lefevre"}).text
    assert numeros(page) == [numero]
    liens = re.findall(r'(?:href|action)="([^"]*)"', page)
    assert not [lien for lien in liens if "lefevre" in lien.lower()]


def test_a_suspended_entite_still_searches(scene: Scene, gestionnaire: Navigateur) -> None:
    numero = scene.session()

    def suspendre() -> None:
        db.session.get_one(Entite, scene.troupe.marose.entite_id).suspendue_le = date(2026, 1, 1)
        db.session.commit()

    scene.dans(suspendre)
    page = gestionnaire.post(scene.adresse("/sessions/en-cours/nom"), {"nom": "lefevre"}).text
    assert numeros(page) == [numero]
    assert "MAROSE FORMATION est suspendue\u00a0: rien ne peut être modifié" in page
    assert "Nouvelle session" not in page
    assert "/supprimer" not in page


@pytest.mark.parametrize("nom", ["<b>", "x" * 10_000, "' OR 1=1 --", "李小龍", "lef%x"])
def test_any_name_may_be_searched(scene: Scene, gestionnaire: Navigateur, nom: str) -> None:
    scene.session()
    reponse = gestionnaire.post(scene.adresse(A_TRAITER + "/nom"), {"nom": nom})
    assert reponse.status_code == 200
    assert numeros(reponse.text) == []


@pytest.mark.parametrize("nom", ["", "   ", "--", "\u200b", "\x00", "%", "_"])
def test_a_name_without_letter_is_refused_beside_its_field(
    scene: Scene, gestionnaire: Navigateur, nom: str
) -> None:
    numero = scene.session()
    reponse = gestionnaire.post(scene.adresse(A_TRAITER + "/nom"), {"nom": nom})
    assert reponse.status_code == 422
    assert 'id="nom-erreur"' in reponse.text and f'value="{lire_texte(nom)}"' in reponse.text
    assert numeros(reponse.text) == [numero]


@pytest.mark.parametrize(
    "requete",
    [
        "page=-1",
        "page=0",
        "page=99999999999",
        "page=²",
        "page=٣",
        "page=1e9",
        "tri=mot_de_passe",
        "tri=numero&tri=etat",
        "sens=haut",
        "etat=effacee",
        "par=tous",
        "recherche=%00%FF'%22<script>",
        "entite_id=2&role=administrateur",
    ],
)
def test_an_address_that_makes_no_sense_shows_the_list(
    scene: Scene, gestionnaire: Navigateur, requete: str
) -> None:
    numero = scene.session()
    reponse = gestionnaire.get(scene.adresse(f"{A_TRAITER}?{requete}"))
    assert reponse.status_code == 200
    assert numeros(reponse.text) == ([] if "script" in requete else [numero])
    assert "<script>" not in reponse.text


def test_an_unknown_list_does_not_exist(scene: Scene, gestionnaire: Navigateur) -> None:
    assert gestionnaire.get(scene.adresse("/sessions/toutes")).status_code == 404


def test_pages_of_twenty_five_and_a_light_fragment(scene: Scene, gestionnaire: Navigateur) -> None:
    tous = [scene.session(Etat.VALIDATION_ENTITE, reussites=1) for _ in range(27)]
    premiere = fragment(gestionnaire, scene.adresse(A_TRAITER))
    assert numeros(premiere) == tous[:25]
    assert "1 à 25 sur 27 sessions" in premiere
    assert len(gzip.compress(premiere.encode())) < 15_000
    assert numeros(fragment(gestionnaire, scene.adresse(A_TRAITER + "?page=2"))) == tous[25:]
    assert numeros(fragment(gestionnaire, scene.adresse(A_TRAITER + "?page=3"))) == tous[25:]
    assert f"?page=2-apres-{tous[24]}" in premiere
    deuxieme = fragment(gestionnaire, scene.adresse(f"{A_TRAITER}?page=2-apres-{tous[24]}"))
    assert numeros(deuxieme) == tous[25:] and "26 à 27 sur 27 sessions" in deuxieme
    assert f"?page=1-avant-{tous[25]}" in deuxieme
    retour = fragment(gestionnaire, scene.adresse(f"{A_TRAITER}?page=1-avant-{tous[25]}"))
    assert numeros(retour) == tous[:25] and "Précédente" not in retour


def test_the_pages_of_a_name_are_posted(scene: Scene, gestionnaire: Navigateur) -> None:
    tous = [scene.session(reussites=1) for _ in range(26)]
    adresse = scene.adresse(A_TRAITER + "/nom")
    suivante = f"2-apres-{tous[24]}"
    assert f'name="page" value="{suivante}"' in gestionnaire.post(adresse, {"nom": "lef"}).text
    for place in (suivante, "2"):
        assert numeros(gestionnaire.post(adresse, {"nom": "lef", "page": place}).text) == tous[25:]


def test_the_number_of_queries_does_not_depend_on_the_length(scene: Scene, gestionnaire: Navigateur) -> None:
    gestionnaire.get(scene.adresse(A_TRAITER))  # the first visit is noted
    nombres = []
    for ajout in (1, 6):
        for _ in range(ajout):
            scene.session(Etat.VALIDATION_ENTITE, declarant=scene.troupe.delegataire)
        with requetes() as lues:
            assert len(numeros(gestionnaire.get(scene.adresse(A_TRAITER)).text)) in (1, 7)
        nombres.append(len(lues))
    assert nombres[0] == nombres[1] <= 23


def test_the_fragment_is_that_of_a_fresh_page(scene: Scene, gestionnaire: Navigateur) -> None:
    scene.session(), scene.session(Etat.VALIDATION_ENTITE)
    adresse = scene.adresse(A_TRAITER + "?tri=etat&sens=desc")
    page, morceau = gestionnaire.get(adresse).text, fragment(gestionnaire, adresse)
    [attendue], [obtenue] = (arbre.lire(html).xpath("//*[@id='liste-sessions']") for html in (page, morceau))
    assert arbre.contenu(obtenue) == arbre.contenu(attendue)
