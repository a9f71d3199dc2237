"""The two lists: whose turn, counts, filters, search, sort and pages, in queries that do not grow."""

from collections.abc import Callable
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import update

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.personnes.modeles import Entite, Role
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.droits.conditions import blocages
from certif.domaine.sessions.droits.relais import relais_de
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.listes import Filtres, Liste, PageDeSessions, Tri, compter, lister
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_gardes import actions as modeles_gardes
from certif.domaine.sessions.presentation import tour_de
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui, maintenant
from tests.support.factories import un_acteur, un_certificat, un_stagiaire, une_habilitation, une_session
from tests.support.moves import Troupe, agir, porter_a

pytestmark = pytest.mark.usefixtures("chaque_base")

TROP_TARD = date(2026, 5, 9)
A_TRAITER, EN_COURS = Liste.A_TRAITER, Liste.EN_COURS


def page(acteur: Acteur, liste: Liste = A_TRAITER, **filtres: Any) -> PageDeSessions:
    db.session.rollback()
    return lister(acteur, Filtres(liste=liste, **filtres), aujourd_hui())


def numeros(acteur: Acteur, liste: Liste = A_TRAITER, **filtres: Any) -> list[int]:
    return [s.numero for s in page(acteur, liste, **filtres).lignes]


def generee(troupe: Troupe, il_y_a: int = 0, **colonnes: Any) -> int:
    numero = une_session(troupe.marose, Etat.VALIDATION_ENTITE)
    quand = maintenant() - timedelta(days=il_y_a)
    valeurs = {"certificats_total": 2, "certificats_produits": 2, **colonnes}
    porter_a(numero, etat=Etat.GENERE, generation_demandee_le=quand, genere_le=quand, **valeurs)
    return numero


def en_generation(troupe: Troupe, echecs: int) -> int:
    numero = une_session(troupe.marose, Etat.VALIDATION_ENTITE)
    porter_a(numero, etat=Etat.GENERATION, generation_demandee_le=maintenant(), certificats_en_echec=echecs)
    return numero


def retournee(troupe: Troupe) -> int:
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, declarant=troupe.delegataire)
    agir(Action.RETOUR_COMMENTE, troupe.formateur, numero)
    return numero


def quittee(troupe: Troupe) -> int:
    """A draft of the délégataire's, who has no role left; the colleague's own is nobody else's."""
    parti = un_acteur(TypeRole.DELEGATAIRE, troupe.marose.entite_id, "Partie")
    numero = une_session(troupe.marose, Etat.SAISIE, declarant=parti)
    with transaction():
        db.session.execute(update(Role).filter_by(individu_id=parti.individu_id).values(actif=False))
    return numero


def sans_formateur(troupe: Troupe) -> int:
    """With a formateur whose role ended, and who still sees nothing of it."""
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    with transaction():
        qualification = update(Qualification).filter_by(individu_id=troupe.formateur.individu_id)
        db.session.execute(qualification.values(retrait_le=aujourd_hui()))
    return numero


SANS_RIEN: dict[str, Any] = {
    **dict.fromkeys(("date_fin", "certificat_id", "lieu_type", "identification", "formateur_id")),
    **dict.fromkeys(("code_postal", "ville")),
}


def vide_ou(troupe: Troupe, **colonnes: Any) -> int:
    return une_session(troupe.marose, Etat.SAISIE, stagiaires=[], **{**SANS_RIEN, **colonnes})


CAS: dict[str, tuple[Callable[[Troupe], int], set[str]]] = {
    # What it is: how it is made, and whose turn it is.
    "my own draft": (lambda t: une_session(t.marose, Etat.SAISIE), {"gestionnaire"}),
    "a colleague's draft": (
        lambda t: une_session(t.marose, Etat.SAISIE, declarant=t.delegataire),
        {"delegataire"},
    ),
    "sent back": (retournee, {"gestionnaire", "delegataire"}),
    "with the formateur": (lambda t: une_session(t.marose, Etat.VALIDATION_FORMATEUR), {"formateur"}),
    "to generate from today": (lambda t: une_session(t.marose), {"gestionnaire"}),
    "to generate from tomorrow": (lambda t: une_session(t.marose, date_fin=date(2026, 6, 11)), set()),
    "being generated": (lambda t: en_generation(t, 0), set()),
    "stopped by a failure": (lambda t: en_generation(t, 1), {"gestionnaire"}),
    "to download": (generee, {"gestionnaire"}),
    "to download until tonight": (lambda t: generee(t, 15), {"gestionnaire"}),
    "never downloaded": (lambda t: generee(t, 16), set()),
    "downloaded": (lambda t: generee(t, telecharge_le=maintenant()), set()),
    "of a declarer who left": (quittee, {"gestionnaire"}),
    "with a formateur who cannot answer": (sans_formateur, {"gestionnaire"}),
    "results without any réussite": (
        lambda t: une_session(t.marose, reussites=0, echecs=2),
        {"gestionnaire"},
    ),
    "a draft that is too late": (
        lambda t: une_session(t.marose, Etat.SAISIE, date_fin=TROP_TARD),
        {"gestionnaire"},
    ),
    "a draft just opened": (lambda t: saisie.creer(t.gestionnaire, "jeton"), set()),
    "an empty draft": (vide_ou, set()),
    "a draft emptied again": (lambda t: vide_ou(t, version=5, niveau_id=None), set()),
    "a draft with a reference": (lambda t: vide_ou(t, reference_interne="C-12"), {"gestionnaire"}),
    "a draft with a chosen niveau": (lambda t: vide_ou(t, version=2), {"gestionnaire"}),
    "a draft with one stagiaire": (
        lambda t: une_session(t.marose, Etat.SAISIE, stagiaires=[un_stagiaire()], **SANS_RIEN),
        {"gestionnaire"},
    ),
    "all cancelled": (lambda t: generee(t, certificats_total=0), set()),
}


@pytest.mark.parametrize("cas", CAS)
def test_a_qui_le_tour(troupe: Troupe, cas: str) -> None:
    faire, attendus = CAS[cas]
    numero = faire(troupe)
    for nom in ("gestionnaire", "delegataire", "collegue", "formateur"):
        acteur = getattr(troupe, nom)
        vues = {liste: numeros(acteur, liste) for liste in Liste}
        if not any(vues.values()):
            assert nom in ("delegataire", "collegue", "formateur")
            continue
        assert (numero in vues[A_TRAITER]) is (nom in attendus), nom
        assert (numero in vues[EN_COURS]) is (nom not in attendus), nom
        session_certif = db.session.get_one(SessionCertification, numero)
        blocage = blocages([session_certif]).get(numero)
        assert tour_de(session_certif, acteur, blocage, relais_de(session_certif)).a_moi is (
            nom in attendus
        ), "list and badge disagree"
        comptes = compter(acteur, aujourd_hui())
        assert [comptes.a_traiter, comptes.en_cours] == [len(vues[A_TRAITER]), len(vues[EN_COURS])]


def test_un_brouillon_ouvert_d_un_modele_attend_son_declarant(troupe: Troupe) -> None:
    """Nothing but the end date and the stagiaires is left to type."""
    modele = modeles_gardes.garder(troupe.gestionnaire, generee(troupe), "Client du port", None)
    numero = saisie.creer_depuis_un_modele(troupe.gestionnaire, modele, "modele")
    assert numero in numeros(troupe.gestionnaire)


@pytest.mark.parametrize("etat", [Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE])
def test_rien_a_traiter_dans_une_entite_suspendue(troupe: Troupe, etat: Etat) -> None:
    numero = une_session(troupe.marose, etat)
    with transaction():
        db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = aujourd_hui()
    for acteur in (troupe.gestionnaire, troupe.formateur):
        assert numeros(acteur) == [] and compter(acteur, aujourd_hui()).a_traiter == 0
    assert numeros(troupe.gestionnaire, EN_COURS) == [numero]
    session_certif = db.session.get_one(SessionCertification, numero)
    assert not tour_de(session_certif, troupe.gestionnaire, None, relais_de(session_certif)).a_moi


def test_une_session_sans_reussite_se_dit_a_clore(troupe: Troupe) -> None:
    etats = (Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE)
    sans = [une_session(troupe.marose, etat, reussites=0, echecs=2) for etat in etats]
    avec = une_session(troupe.marose)
    dits = {n: relais_de(db.session.get_one(SessionCertification, n)).sans_reussite for n in (*sans, avec)}
    assert [n for n, dit in dits.items() if dit] == [sans[2]]


@pytest.fixture
def plusieurs(troupe: Troupe) -> dict[str, int]:
    """MAROSE's: three drafts of the gestionnaire's, one of the délégataire's sent back, one to generate."""
    return {
        "etoile": une_session(troupe.marose, Etat.SAISIE, reference_interne="Été 100 %_Convention"),
        "lyon": une_session(
            troupe.marose, Etat.SAISIE, code_postal="69007", ville="LYON", date_fin=date(2026, 6, 8)
        ),
        "liege": une_session(
            troupe.marose,
            Etat.SAISIE,
            lieu_type=TypeLieu.ETRANGER,
            code_postal=None,
            ville="LIÈGE",
            pays="BE",
            date_fin=None,
        ),
        "retour": retournee(troupe),
        "generer": une_session(troupe.marose, date_fin=date(2026, 6, 9)),
        "ailleurs": une_session(troupe.guy, Etat.SAISIE),
    }


def noms(plusieurs: dict[str, int], trouves: list[int]) -> list[str]:
    inverse = {numero: nom for nom, numero in plusieurs.items()}
    return [inverse[numero] for numero in trouves]


class TestFiltres:
    def test_par_etat(self, troupe: Troupe, plusieurs: dict[str, int]) -> None:
        tout = page(troupe.gestionnaire)
        assert tout.par_etat == {Etat.SAISIE: 4, Etat.VALIDATION_ENTITE: 1}
        assert (tout.total, tout.toutes, tout.pages) == (5, 5, 1)
        filtree = page(troupe.gestionnaire, etat=Etat.VALIDATION_ENTITE)
        assert noms(plusieurs, [s.numero for s in filtree.lignes]) == ["generer"]
        assert (filtree.total, filtree.toutes, filtree.par_etat) == (1, 5, tout.par_etat)
        assert page(troupe.gestionnaire, etat=Etat.GENERE).lignes == []

    def test_declarees_par_moi(self, troupe: Troupe, plusieurs: dict[str, int]) -> None:
        toutes, miennes = page(troupe.gestionnaire), page(troupe.gestionnaire, par_moi=True)
        assert toutes.declarees_par_moi == miennes.total == miennes.declarees_par_moi == 4
        assert plusieurs["retour"] not in [s.numero for s in miennes.lignes]

    def test_avec_une_recherche_les_comptes_sont_ceux_de_la_recherche(
        self, troupe: Troupe, plusieurs: dict[str, int]
    ) -> None:
        trouvee = page(troupe.gestionnaire, recherche="lyon")
        assert (trouvee.total, trouvee.toutes, trouvee.declarees_par_moi) == (1, 1, 1)


class TestRecherche:
    @pytest.mark.parametrize(
        ("texte", "attendus"),
        [
            ("lyon", {"lyon"}),
            ("LYON", {"lyon"}),
            ("  lyo ", {"lyon"}),
            ("liège", {"liege"}),
            ("Lie\u0300ge", {"liege"}),
            ("été", {"etoile"}),
            ("ÉTÉ 100", {"etoile"}),
            ("sst", {"etoile", "lyon", "liege", "retour", "generer"}),
            ("sst-1", {"etoile", "lyon", "liege", "retour", "generer"}),
            # Nothing is a wildcard.
            ("%", {"etoile"}),
            ("_", {"etoile"}),
            ("100 %_c", {"etoile"}),
            ("l%n", set()),
            ("l_on", set()),
            ("\\", set()),
            ("'; DROP TABLE individu; --", set()),
            ("²", set()),
            ("9" * 80, set()),
            (" ", {"etoile", "lyon", "liege", "retour", "generer"}),
        ],
    )
    def test_texte(self, troupe: Troupe, plusieurs: dict[str, int], texte: str, attendus: set[str]) -> None:
        assert set(noms(plusieurs, numeros(troupe.gestionnaire, recherche=texte))) == attendus

    def test_par_numero(self, troupe: Troupe, plusieurs: dict[str, int]) -> None:
        numero = plusieurs["lyon"]
        for texte in (f"{numero}", f"n°{numero}", f"N° {numero}", f"00{numero}", f"n°\u00a0{numero}"):
            assert numero in numeros(troupe.gestionnaire, recherche=texte), texte
        assert numeros(troupe.gestionnaire, recherche=str(plusieurs["ailleurs"])) == []

    @pytest.mark.parametrize(
        ("nom", "attendus"),
        [
            ("L'Étrange", {"lyon"}),
            ("letrang", {"lyon"}),
            ("trange", set()),
            ("rivière", {"lyon", "generer"}),
            ("  ", {"lyon", "generer"}),
            ("%", set()),
            ("_letrange", {"lyon"}),
            ("l%", {"lyon", "generer"}),
            ("李", set()),
        ],
    )
    def test_par_nom(self, troupe: Troupe, nom: str, attendus: set[str]) -> None:
        lyon = une_session(troupe.marose, Etat.SAISIE, stagiaires=[un_stagiaire("L’Étrange", "Zoé")])
        generer = une_session(troupe.marose, stagiaires=[un_stagiaire("Lefèvre")])
        une_session(troupe.guy, Etat.SAISIE, stagiaires=[un_stagiaire("L’Étrange", "Zoé")])
        sessions = {"lyon": lyon, "generer": generer}
        assert set(noms(sessions, numeros(troupe.gestionnaire, nom=nom))) == attendus


class TestTri:
    def test_par_numero_d_abord(self, troupe: Troupe, plusieurs: dict[str, int]) -> None:
        attendus = sorted(plusieurs.values())[:-1]
        assert numeros(troupe.gestionnaire) == attendus
        assert numeros(troupe.gestionnaire, decroissant=True) == attendus[::-1]

    def test_par_date_les_absentes_a_la_fin(self, troupe: Troupe, plusieurs: dict[str, int]) -> None:
        croissant = noms(plusieurs, numeros(troupe.gestionnaire, tri=Tri.DATE_FIN))
        assert croissant == ["lyon", "generer", "etoile", "retour", "liege"]
        decroissant = noms(plusieurs, numeros(troupe.gestionnaire, tri=Tri.DATE_FIN, decroissant=True))
        assert decroissant == ["retour", "etoile", "generer", "lyon", "liege"]

    def test_par_etat_dans_l_ordre_du_processus(self, troupe: Troupe, plusieurs: dict[str, int]) -> None:
        sessions = page(troupe.gestionnaire, tri=Tri.ETAT).lignes
        rangs = [list(Etat).index(s.etat) for s in sessions]
        assert rangs == sorted(rangs) and len(set(rangs)) > 1

    def test_par_dispositif_et_certificat(self, troupe: Troupe) -> None:
        prap = un_certificat("PRAP-1", "PRAP")
        prap_id, niveau_id = prap.id, prap.niveau_id
        une_habilitation(troupe.marose.entite_id, niveau_id)
        sst = une_session(troupe.marose, Etat.SAISIE)
        autre = une_session(troupe.marose, Etat.SAISIE, niveau_id=niveau_id, certificat_id=prap_id)
        vide = une_session(troupe.marose, Etat.SAISIE, niveau_id=None, certificat_id=None)
        for tri in (Tri.DISPOSITIF, Tri.CERTIFICAT):
            assert numeros(troupe.gestionnaire, tri=tri) == [autre, sst, vide]
            assert numeros(troupe.gestionnaire, tri=tri, decroissant=True) == [sst, autre, vide]

    @pytest.mark.parametrize("tri", Tri, ids=str)
    def test_tout_tri_rend_toutes_les_sessions(
        self, troupe: Troupe, plusieurs: dict[str, int], tri: Tri
    ) -> None:
        for decroissant in (False, True):
            trouvees = numeros(troupe.gestionnaire, tri=tri, decroissant=decroissant)
            assert sorted(trouvees) == sorted(plusieurs.values())[:-1]
