"""Long lists: their pages, in queries that do not grow."""

import secrets
from datetime import date, timedelta
from typing import Any

import pytest
from sqlalchemy import delete, insert, select

from certif.domaine.acteur import Acteur
from certif.domaine.sessions.droits.conditions import blocages
from certif.domaine.sessions.droits.relais import relais
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.listes import Filtres, Liste, PageDeSessions, Tri, compter, lister
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import tour_de
from certif.socle.base.extensions import db
from certif.socle.base.pagination import PAR_PAGE, Place
from certif.socle.base.transaction import transaction
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_organisme, une_session
from tests.support.moves import Troupe
from tests.support.statements import requetes

pytestmark = pytest.mark.usefixtures("chaque_base")


A_TRAITER, EN_COURS = Liste.A_TRAITER, Liste.EN_COURS


def page(acteur: Acteur, liste: Liste = A_TRAITER, **filtres: Any) -> PageDeSessions:
    db.session.rollback()
    return lister(acteur, Filtres(liste=liste, **filtres), aujourd_hui())


def numeros(acteur: Acteur, liste: Liste = A_TRAITER, **filtres: Any) -> list[int]:
    return [s.numero for s in page(acteur, liste, **filtres).lignes]


def semer(troupe: Troupe, combien: int) -> None:
    """Many drafts in one statement, each alike but for its F."""
    modele = une_session(troupe.marose, Etat.SAISIE)
    with transaction():
        table = SessionCertification.__table__
        ligne = dict(db.session.execute(select(table).filter_by(numero=modele)).mappings().one())
        del ligne["numero"]
        lignes = [
            {
                **ligne,
                "jeton": secrets.token_urlsafe(16),
                "date_fin": date(2026, 6, 1) + timedelta(days=rang % 40),
            }
            for rang in range(combien - 1)
        ]
        db.session.execute(insert(SessionCertification), lignes)


class TestPages:
    def test_chacune_a_sa_part(self, troupe: Troupe) -> None:
        semer(troupe, 2 * PAR_PAGE + 1)
        pages = [page(troupe.gestionnaire, place=Place(rang)) for rang in (1, 2, 3)]
        assert [len(p.lignes) for p in pages] == [PAR_PAGE, PAR_PAGE, 1]
        vues = [s.numero for p in pages for s in p.lignes]
        assert vues == sorted(set(vues)) and len(vues) == pages[0].total
        assert [p.pages for p in pages] == [3, 3, 3]

    @pytest.mark.parametrize(("demandee", "rendue"), [(-1, 1), (0, 1), (3, 2), (10**9, 2), (2**70, 2)])
    def test_hors_bornes(self, troupe: Troupe, demandee: int, rendue: int) -> None:
        semer(troupe, PAR_PAGE + 1)
        trouvee = page(troupe.gestionnaire, place=Place(demandee))
        assert trouvee.page == rendue and trouvee.lignes

    def test_une_liste_vide(self, troupe: Troupe) -> None:
        vide = page(troupe.gestionnaire, place=Place(4))
        assert (vide.lignes, vide.total, vide.pages, vide.page) == ([], 0, 1, 1)

    def test_la_page_se_compte_sur_ce_qui_est_filtre(self, troupe: Troupe) -> None:
        semer(troupe, PAR_PAGE + 1)
        assert page(troupe.gestionnaire, place=Place(2), recherche="liège").page == 1

    def test_qui_traite_une_page_puis_va_a_la_suivante_n_en_manque_aucune(self, troupe: Troupe) -> None:
        semer(troupe, 2 * PAR_PAGE)
        apres = numeros(troupe.gestionnaire, place=Place(2))
        premiere = page(troupe.gestionnaire)
        traitees = [s.numero for s in premiere.lignes[:-1]]
        s = SessionCertification
        with transaction():
            db.session.execute(delete(s).where(s.numero.in_(traitees)))
        assert premiere.suivante is not None
        suite = page(troupe.gestionnaire, place=premiere.suivante)
        assert [s.numero for s in suite.lignes] == apres
        assert (suite.premier, suite.dernier, suite.total) == (2, 26, 26)

    @pytest.mark.parametrize("decroissant", [False, True])
    def test_l_aller_et_le_retour(self, troupe: Troupe, decroissant: bool) -> None:
        semer(troupe, 3 * PAR_PAGE + 1)
        lue = page(troupe.gestionnaire, decroissant=decroissant)
        vues = [s.numero for s in lue.lignes]
        while lue.suivante:
            assert lue.suivante.apres == vues[-1]
            lue = page(troupe.gestionnaire, decroissant=decroissant, place=lue.suivante)
            vues += [s.numero for s in lue.lignes]
        assert vues == sorted(vues, reverse=decroissant) and len(vues) == lue.total
        while lue.precedente:
            lue = page(troupe.gestionnaire, decroissant=decroissant, place=lue.precedente)
        assert [s.numero for s in lue.lignes] == vues[:PAR_PAGE]

    def test_triees_autrement_elles_se_suivent_par_leur_rang(self, troupe: Troupe) -> None:
        semer(troupe, PAR_PAGE + 1)
        assert page(troupe.gestionnaire, tri=Tri.DATE_FIN).suivante == Place(2)
        assert len(page(troupe.gestionnaire, tri=Tri.DATE_FIN, place=Place(2, apres=1)).lignes) == 1


def montrer(acteur: Acteur, **filtres: Any) -> int:
    """Read all that a page of the list shows; how many statements it took."""
    db.session.remove()
    with requetes() as envoyees:
        trouvee = page(acteur, **filtres)
        bloquees, les_relais = blocages(trouvee.lignes), relais(trouvee.lignes)
        for s in trouvee.lignes:
            tour_de(s, acteur, bloquees.get(s.numero), les_relais[s.numero])
            assert s.niveau is not None and s.certificat is not None and s.dernier_intervenant is not None
            _ = (s.niveau.libelle, s.certificat.libelle, s.dernier_intervenant.nom, s.entite.raison_sociale)
        compter(acteur, aujourd_hui())
    return len([ordre for ordre in envoyees if not ordre.startswith(("BEGIN", "PRAGMA"))])


@pytest.mark.parametrize(
    "filtres", [{}, {"etat": Etat.SAISIE}, {"recherche": "sst"}, {"nom": "lef"}, {"par_moi": True}], ids=str
)
def test_autant_de_requetes_pour_3_sessions_que_pour_300(troupe: Troupe, filtres: dict[str, Any]) -> None:
    semer(troupe, 3)
    une_session(troupe.marose)
    peu = montrer(troupe.gestionnaire, **filtres)
    semer(troupe, 297)
    assert montrer(troupe.gestionnaire, **filtres) == peu < 12


def test_autant_de_requetes_pour_un_formateur_de_vingt_organisations(troupe: Troupe) -> None:
    une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
    peu = montrer(troupe.formateur)
    for rang in range(5):
        organisme = un_organisme(f"ENTITÉ {rang}")
        une_session(organisme, Etat.VALIDATION_FORMATEUR, formateur_id=troupe.formateur.individu_id)
    assert len(page(troupe.formateur).lignes) == 6
    assert montrer(troupe.formateur) == peu
