"""What another session begins with: what no longer holds is left out and told (R2, R3, R13)."""

from collections.abc import Callable
from datetime import date

import pytest
from sqlalchemy import update

from certif.domaine.acteur import TypeRole
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.modeles import Certificat, Dispositif, Habilitation, Plateforme, Qualification
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.actions.designation import JAMAIS_FAITE
from certif.domaine.sessions.declaration.reprise import Reprise, reprendre
from certif.domaine.sessions.droits.conditions import empechements
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import REPRIS
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import maintenant
from tests.support.factories import un_certificat, une_habilitation, une_qualification, une_session, version
from tests.support.moves import Troupe, lire

JETON = "r" * 43
LIEU = {"lieu_type", "code_postal", "ville", "pays", "plateforme_id"}


@pytest.fixture
def source(troupe: Troupe) -> int:
    return une_session(troupe.marose, Etat.SAISIE)


def reprise(numero: int) -> Reprise:
    session_certif = lire(numero)
    return reprendre(session_certif, session_certif.entite_id)


def perdues(numero: int) -> set[str]:
    """The columns that the source has and that are left out."""
    session_certif = lire(numero)
    colonnes = reprise(numero).colonnes
    return {c for c in REPRIS if getattr(session_certif, c) is not None and colonnes[c] is None}


def test_ce_qui_tient_est_repris_sans_un_mot(source: int) -> None:
    assert perdues(source) == set() and reprise(source).ecarts == []


def changer(modele: type, **valeurs: object) -> Callable[[], None]:
    def faire() -> None:
        with transaction():
            db.session.execute(update(modele).values(**valeurs))

    return faire


@pytest.mark.parametrize(
    ("geste", "attendues", "dit"),
    [
        (changer(Certificat, archive_le=date(2026, 6, 1)), {"certificat_id"}, "(SST-1) n’est plus délivré"),
        (changer(Dispositif, archive_le=date(2026, 6, 1)), {"niveau_id", "certificat_id"}, "Son dispositif"),
        # On 10/06/2026, F can be from 10/05 to 10/09.
        (changer(Habilitation, fin=date(2026, 5, 9)), {"niveau_id", "certificat_id"}, "plus d’habilitation"),
        (changer(Habilitation, fin=date(2026, 5, 10)), set(), ""),
        (changer(Qualification, fin=date(2026, 5, 9)), {"formateur_id"}, "plus qualifié pour SST / 1"),
        (changer(Qualification, fin=date(2026, 5, 10)), set(), ""),
        (changer(Qualification, debut=date(2026, 9, 11)), {"formateur_id"}, "plus qualifié"),
        (changer(Qualification, retrait_le=date(2020, 1, 1)), {"formateur_id"}, "plus qualifié"),
        (changer(Role, fin_le=date(2026, 6, 9)), {"formateur_id"}, "plus de rôle actif"),
        (changer(Individu, actif=False), {"formateur_id"}, "plus de rôle actif"),
        (changer(Individu, efface_le=maintenant()), {"formateur_id"}, "n’est plus dans Certif"),
        (changer(Dispositif, plateforme_requise=True), LIEU - {"pays", "plateforme_id"}, "ne convient plus"),
    ],
    ids=lambda cas: str(cas) if isinstance(cas, str) else "",
)
def test_ce_qui_ne_tient_plus_est_dit(
    source: int, geste: Callable[[], None], attendues: set[str], dit: str
) -> None:
    geste()
    assert perdues(source) == attendues
    ecarts = reprise(source).ecarts
    assert len(ecarts) == bool(dit) and dit in "".join(ecarts)


def test_une_commune_qui_n_existe_plus(troupe: Troupe) -> None:
    """Worked case 18: a postcode keeps its towns, no other."""
    numero = une_session(troupe.marose, Etat.SAISIE, ville="ETOILE")
    assert perdues(numero) == {"lieu_type", "code_postal", "ville"}


@pytest.mark.parametrize(("fin", "perdue"), [(date(2026, 5, 9), True), (date(2026, 5, 10), False)])
def test_une_plateforme_fermee(troupe: Troupe, fin: date, perdue: bool) -> None:
    certificat = un_certificat("Amiante-1", "Amiante", plateforme_requise=True)
    une_habilitation(troupe.marose.entite_id, certificat.niveau_id)
    une_qualification(troupe.formateur.individu_id, certificat.niveau_id)
    with transaction():
        plateforme = Plateforme(
            entite_id=troupe.marose.entite_id,
            dispositif_id=certificat.niveau.dispositif_id,
            code_postal="26800",
            ville="ETOILE SUR RHONE",
            debut=date(2020, 1, 1),
            fin=fin,
        )
        db.session.add(plateforme)
        db.session.flush()
        identifiant = plateforme.id
    numero = une_session(
        troupe.marose,
        Etat.SAISIE,
        niveau_id=certificat.niveau_id,
        certificat_id=certificat.id,
        lieu_type=TypeLieu.PLATEFORME,
        plateforme_id=identifiant,
    )
    assert perdues(numero) == (LIEU - {"pays"} if perdue else set())
    assert ("n’est plus active" in "".join(reprise(numero).ecarts)) is perdue


class TestVerificationDuRepris:
    """R4: no verdict was given yet in this session; one is, as soon as there is an F to judge at."""

    @pytest.fixture
    def numero(self, troupe: Troupe, source: int) -> int:
        with transaction():
            db.session.execute(update(Qualification).values(fin=date(2026, 6, 10)))
        numero = saisie.creer_semblable(troupe.gestionnaire, source, JETON)
        assert lire(numero).verification_a_relancer == JAMAIS_FAITE
        return numero

    def dater(self, troupe: Troupe, numero: int, date_fin: str) -> str | None:
        saisie.enregistrer(troupe.gestionnaire, numero, version(numero), {"date_fin": date_fin})
        return lire(numero).verification_a_relancer

    def test_sans_un_clic_de_plus(self, troupe: Troupe, numero: int) -> None:
        assert self.dater(troupe, numero, "10/06/2026") is None
        assert set(empechements(lire(numero))) == {"stagiaires"}

    def test_verifie_un_autre_f_efface_le_verdict(self, troupe: Troupe, numero: int) -> None:
        self.dater(troupe, numero, "10/06/2026")
        assert self.dater(troupe, numero, "09/06/2026") == "date_fin"

    def test_refuse_il_reste_a_verifier_jusqu_a_un_f_qui_convient(self, troupe: Troupe, numero: int) -> None:
        assert self.dater(troupe, numero, "11/06/2026") == JAMAIS_FAITE
        assert "formateur_id" in empechements(lire(numero))
        assert self.dater(troupe, numero, "10/06/2026") is None

    def test_le_niveau_choisi_en_meme_temps_est_celui_qui_est_juge(self, troupe: Troupe, numero: int) -> None:
        prap = un_certificat("PRAP-1", "PRAP")
        niveau_id = prap.niveau_id
        une_habilitation(troupe.marose.entite_id, niveau_id)
        champs = {"niveau_id": str(niveau_id), "date_fin": "10/06/2026"}
        saisie.enregistrer(troupe.gestionnaire, numero, version(numero), champs)
        assert lire(numero).verification_a_relancer == JAMAIS_FAITE

    def test_un_role_perdu_depuis(self, troupe: Troupe, numero: int) -> None:
        with transaction():
            db.session.execute(
                update(Role).where(Role.type == TypeRole.FORMATEUR).values(fin_le=date(2026, 6, 9))
            )
        assert self.dater(troupe, numero, "10/06/2026") == JAMAIS_FAITE
