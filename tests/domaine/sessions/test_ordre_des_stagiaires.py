"""R12: one order of trainees once submitted, the order of entry in saisie; « Rétablir » puts one back."""

import zipfile
from datetime import date
from io import BytesIO

import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from sqlalchemy import delete, select

from certif.domaine.certificats.lectures import telechargements
from certif.domaine.certificats.production.contenu_du_dossier import rassembler
from certif.domaine.certificats.production.emis import emis_de, en_vigueur
from certif.domaine.noms import cle
from certif.domaine.sessions.actions.stagiaires import (
    IdentiteSaisie,
    ajouter_stagiaire,
    retirer_stagiaire,
)
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import ORDRE_DES_STAGIAIRES, SessionCertification, Stagiaire
from certif.domaine.sessions.valeurs import Resultat
from certif.socle import stockage
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_stagiaire, une_session, version
from tests.support.moves import Troupe, agir, lire

JOUR = date(1990, 5, 17)
ENTRES = [
    ("Zola", "Émile", JOUR),
    ("d’Almeida", "Zoé", JOUR),
    ("Éluard", "Paul", date(1991, 1, 1)),
    ("ELUARD", "Paul", JOUR),
    ("Dalmeida", "Ana", JOUR),
]
RANGES = ["Dalmeida Ana", "d’Almeida Zoé", "ELUARD Paul", "Éluard Paul", "Zola Émile"]


def stagiaires() -> list[Stagiaire]:
    return [un_stagiaire(*identite, resultat=Resultat.REUSSITE) for identite in ENTRES]


def noms(lus: list[Stagiaire]) -> list[str]:
    return [f"{s.nom} {s.prenom}" for s in lus]


@pytest.mark.usefixtures("chaque_base")
def test_r12_deux_ordres(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=stagiaires())
    assert noms(lire(numero).stagiaires_saisis) == [f"{nom} {prenom}" for nom, prenom, _ in ENTRES]
    assert noms(lire(numero).stagiaires) == RANGES


@pytest.mark.usefixtures("chaque_base")
@settings(max_examples=15, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(
    st.lists(
        st.tuples(
            st.text("aàÀzZœŒßðдЖΩω'- é", min_size=1, max_size=6),
            st.text("aéZж", max_size=3),
            st.sampled_from([None, JOUR, date(1991, 1, 1)]),
        ),
        max_size=12,
        unique_by=lambda identite: (cle(identite[0]), cle(identite[1]), identite[2]),
    )
)
def test_r12_la_base_range_comme_python(
    troupe: Troupe, identites: list[tuple[str, str, date | None]]
) -> None:
    with transaction():
        db.session.execute(delete(Stagiaire))
    numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=[])
    with transaction():
        session_certif = db.session.get_one(SessionCertification, numero)
        session_certif.stagiaires = [un_stagiaire(*identite) for identite in identites]
    db.session.rollback()
    lus = db.session.scalars(select(Stagiaire).order_by(*ORDRE_DES_STAGIAIRES)).all()
    cles = [
        (cle(s.nom), cle(s.prenom), s.date_naissance is None, s.date_naissance or JOUR, s.id) for s in lus
    ]
    assert cles == sorted(cles)


def test_r12_un_seul_ordre_dans_tout_ce_qui_est_genere(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.GENERE, stagiaires=stagiaires())
    s = lire(numero)
    tout = telechargements(s)
    assert tout is not None
    assert noms([c.stagiaire for c in tout.certificats]) == RANGES
    assert noms([c.stagiaire for c in en_vigueur(numero)]) == RANGES
    contenu = rassembler(s)
    assert [p.donnees.prenom for p in contenu.pieces] == ["Ana", "Zoé", "Paul", "Paul", "Émile"]
    assert [p.prenom for p in contenu.proces_verbal.participants] == ["Ana", "Zoé", "Paul", "Paul", "Émile"]
    with zipfile.ZipFile(BytesIO(stockage.lire(s.zip_cle or ""))) as archive:
        fichiers = archive.namelist()
    assert fichiers == [c.nom_fichier for c in db.session.scalars(emis_de(numero))]


def test_r12_retour_en_saisie_l_ordre_de_saisie_est_garde(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=stagiaires())
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)
    assert noms(lire(numero).stagiaires_saisis) == [f"{nom} {prenom}" for nom, prenom, _ in ENTRES]


class TestRetablir:
    def retirer(self, troupe: Troupe, numero: int, rang: int) -> IdentiteSaisie:
        qui = lire(numero).stagiaires_saisis[rang].id
        retire = retirer_stagiaire(troupe.gestionnaire, numero, version(numero), qui)
        assert retire is not None
        return retire

    def ajouter(self, troupe: Troupe, numero: int, saisie: IdentiteSaisie) -> None:
        ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), saisie)

    @pytest.mark.parametrize("rang", range(5))
    def test_remet_a_sa_place(self, troupe: Troupe, rang: int) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=stagiaires())
        avant = noms(lire(numero).stagiaires_saisis)
        retire = self.retirer(troupe, numero, rang)
        assert len(lire(numero).stagiaires) == 4
        self.ajouter(troupe, numero, retire)
        assert noms(lire(numero).stagiaires_saisis) == avant

    @pytest.mark.parametrize("rang", range(5))
    def test_quelqu_un_entre_depuis_reste_apres(self, troupe: Troupe, rang: int) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=stagiaires())
        avant = noms(lire(numero).stagiaires_saisis)
        retire = self.retirer(troupe, numero, rang)
        self.ajouter(troupe, numero, IdentiteSaisie("Nouveau", "Luc", "01/01/1980"))
        self.ajouter(troupe, numero, retire)
        assert noms(lire(numero).stagiaires_saisis) == [*avant, "Nouveau Luc"]

    @pytest.mark.parametrize("rang", [0, -3, 99, 2**31 - 1])
    def test_une_place_forgee_est_la_derniere(self, troupe: Troupe, rang: int) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=stagiaires())
        self.ajouter(troupe, numero, IdentiteSaisie("Nouveau", "Luc", "01/01/1980", rang=rang))
        assert noms(lire(numero).stagiaires_saisis)[-1] == "Nouveau Luc"
        assert max(s.rang for s in lire(numero).stagiaires) == 6
