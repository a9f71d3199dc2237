"""R5, "enregistrer": what is right is kept, what is wrong is said beside its field, nothing else moves."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from certif.domaine.referentiel.modeles import Certificat, Habilitation
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.declaration.choix import choix_pour
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.valeurs import Identification
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_certificat, une_habilitation, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, lignes, lire

CHIFFRES = [
    "-1",
    "0",
    "1e9",
    "NaN",
    "1,5",
    str(2**31),
    str(2**63),
    "9" * 400,
    "²",
    "٣",
    "1_000",
    "1 OR 1=1",
    "\0",
]
DATES = [
    "31/02/2026",
    "29/02/2027",
    "01/13/2026",
    "1/6/26",
    "00/00/0000",
    "10/06/0001",
    "10/06/9999",
    "10/06/10000",
    "٠١/٠١/٢٠٢٦",
    "aujourd'hui",
    "10/06/2026\0",
    "9" * 400,
]


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """A complete draft."""
    return une_session(troupe.marose, Etat.SAISIE)


@pytest.fixture
def prap(troupe: Troupe) -> Certificat:
    """Another certificat that MAROSE is accredited for."""
    certificat = un_certificat("PRAP-1", "PRAP")
    une_habilitation(troupe.marose.entite_id, certificat.niveau_id)
    return certificat


def enregistrer(troupe: Troupe, numero: int, /, **champs: str) -> dict[str, list[str]]:
    return saisie.enregistrer(troupe.gestionnaire, numero, version(numero), champs).erreurs


def colonnes(numero: int) -> dict[str, Any]:
    session_certif = lire(numero)
    return {c.key: getattr(session_certif, c.key) for c in session_certif.__mapper__.column_attrs}


def test_ce_qui_est_juste_est_garde(troupe: Troupe, numero: int) -> None:
    erreurs = enregistrer(
        troupe,
        numero,
        identification="maj",
        date_fin="31/02/2026",
        reference_interne="  Convention\u00a02026-118 ",
        code_postal="2A004",
    )
    assert erreurs.keys() == {"date_fin", "code_postal"}
    enregistree = lire(numero)
    assert enregistree.identification is Identification.MAJ
    assert enregistree.reference_interne == "Convention 2026-118"
    assert enregistree.date_fin == date(2026, 6, 10)
    assert (enregistree.code_postal, enregistree.ville) == ("26800", "ETOILE SUR RHONE")
    (ligne,) = lignes(numero)
    assert ligne.detail == "identification, référence interne"


def test_un_champ_vide_est_admis(troupe: Troupe, numero: int) -> None:
    erreurs = enregistrer(troupe, numero, identification="", date_fin=" ", reference_interne="", lieu_type="")
    assert erreurs == {}
    vide = lire(numero)
    assert (vide.identification, vide.date_fin, vide.reference_interne) == (None, None, None)
    assert (vide.lieu_type, vide.code_postal, vide.ville) == (None, None, None)


def test_un_champ_absent_reste_comme_il_est(troupe: Troupe, numero: int) -> None:
    avant = colonnes(numero)
    assert enregistrer(troupe, numero, reference_interne="118") == {}
    touchees = {"reference_interne", "version", "modifiee_le"}
    apres = colonnes(numero)
    assert {c: v for c, v in apres.items() if c not in touchees} == {
        c: v for c, v in avant.items() if c not in touchees
    }


def test_des_champs_qu_aucun_formulaire_n_a(troupe: Troupe, numero: int) -> None:
    avant = empreinte_de_la_base()
    forges = {
        "etat": "genere",
        "entite_id": str(troupe.guy.entite_id),
        "declarant_id": "1",
        "formateur_id": str(troupe.remplacant.individu_id),
        "numero": "999",
        "version": "999",
        "role": "administrateur",
        "premiere_soumission_le": "01/01/2026",
        "rectifie_numero": "1",
    }
    assert enregistrer(troupe, numero, **forges) == {}
    assert empreinte_de_la_base() == avant


@pytest.mark.parametrize("texte", DATES)
def test_une_date_illisible(troupe: Troupe, numero: int, texte: str) -> None:
    avant = empreinte_de_la_base()
    assert enregistrer(troupe, numero, date_fin=texte).keys() == {"date_fin"}
    assert empreinte_de_la_base() == avant


@pytest.mark.parametrize("champ", ["niveau_id", "certificat_id", "identification", "lieu_type"])
def test_un_choix_qu_aucun_formulaire_n_offre(troupe: Troupe, numero: int, champ: str) -> None:
    avant = empreinte_de_la_base()
    for texte in [*CHIFFRES, "null", "<script>alert(1)</script>"]:
        erreurs = enregistrer(troupe, numero, **{champ: texte})
        assert erreurs.keys() == {champ}, texte[:20]
        assert all(len(message) < 200 for message in erreurs[champ])
    assert empreinte_de_la_base() == avant


@pytest.mark.parametrize(
    ("texte", "lue"),
    [
        ("r" * 80, "r" * 80),
        ("r" * 81, None),
        ("r" * 10_000, None),
        ("\u200b", ""),
        ("Convention\n118", None),
        ("Convention\0118", None),
        ("abc\u202edef", None),
        ("\ud800", None),
        ('=HYPERLINK("http://x")', '=HYPERLINK("http://x")'),
        ("{{7*7}} & <b>Bob</b> 😀", "{{7*7}} & <b>Bob</b> 😀"),
        ("e\u0301té", "été"),
    ],
)
def test_la_reference_interne(troupe: Troupe, numero: int, texte: str, lue: str | None) -> None:
    assert (enregistrer(troupe, numero, reference_interne=texte) == {}) is (lue is not None)
    assert lire(numero).reference_interne == (lue or None)


class TestDispositifEtCertificat:
    """The certificat depends on the dispositif and niveau."""

    def test_changer_de_dispositif_change_de_certificat(
        self, troupe: Troupe, numero: int, prap: Certificat
    ) -> None:
        ancien, nouveau = str(troupe.marose.certificat_id), prap.id
        # The form still posts the certificat of the old one: not a mistake of the user.
        assert enregistrer(troupe, numero, niveau_id=str(prap.niveau_id), certificat_id=ancien) == {}
        assert (lire(numero).niveau_id, lire(numero).certificat_id) == (prap.niveau_id, nouveau)

    def test_parmi_plusieurs_certificats_aucun_n_est_devine(
        self, troupe: Troupe, numero: int, prap: Certificat
    ) -> None:
        un_certificat("PRAP-2", "PRAP")
        niveau = str(prap.niveau_id)
        assert enregistrer(troupe, numero, niveau_id=niveau) == {}
        assert lire(numero).certificat_id is None

    def test_choisir_le_certificat_choisit_son_niveau(self, troupe: Troupe, prap: Certificat) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE, niveau_id=None, certificat_id=None)
        assert enregistrer(troupe, numero, niveau_id="", certificat_id=str(prap.id)) == {}
        assert lire(numero).niveau_id == prap.niveau_id

    def test_vider_le_dispositif_vide_le_certificat(
        self, troupe: Troupe, numero: int, prap: Certificat
    ) -> None:
        reste = str(troupe.marose.certificat_id)
        assert enregistrer(troupe, numero, niveau_id="", certificat_id=reste) == {}
        assert (lire(numero).niveau_id, lire(numero).certificat_id) == (None, None)

    def test_le_certificat_d_un_autre_dispositif(self, troupe: Troupe, numero: int, prap: Certificat) -> None:
        avant = empreinte_de_la_base()
        assert enregistrer(troupe, numero, certificat_id=str(prap.id)).keys() == {"certificat_id"}
        assert empreinte_de_la_base() == avant

    def test_le_niveau_qu_une_autre_entite_seule_detient(self, troupe: Troupe, numero: int) -> None:
        catec = un_certificat("CATEC-1", "CATEC")
        une_habilitation(troupe.guy.entite_id, catec.niveau_id)
        avant = empreinte_de_la_base()
        assert enregistrer(troupe, numero, niveau_id=str(catec.niveau_id)).keys() == {"niveau_id"}
        assert enregistrer(troupe, numero, certificat_id=str(catec.id)).keys() == {"certificat_id"}
        assert empreinte_de_la_base() == avant
        assert catec.niveau_id not in [n.id for n in choix_pour(lire(numero)).niveaux]

    def test_un_niveau_perdu_depuis_reste_celui_de_la_session(self, troupe: Troupe, numero: int) -> None:
        with transaction():
            db.session.get_one(Habilitation, troupe.marose.habilitation_id).fin = date(2020, 12, 31)
        memes = {"niveau_id": str(troupe.marose.niveau_id), "certificat_id": str(troupe.marose.certificat_id)}
        assert enregistrer(troupe, numero, **memes, identification="maj") == {}
        assert lire(numero).niveau_id == troupe.marose.niveau_id
        assert [n.id for n in choix_pour(lire(numero)).niveaux] == [troupe.marose.niveau_id]

    def test_un_certificat_archive_reste_celui_de_la_session(self, troupe: Troupe, numero: int) -> None:
        with transaction():
            db.session.execute(update(Certificat).values(archive_le=date(2026, 6, 1)))
        assert enregistrer(troupe, numero, identification="maj") == {}
        assert lire(numero).certificat_id == troupe.marose.certificat_id
        vide = une_session(troupe.marose, Etat.SAISIE, certificat_id=None)
        erreurs = enregistrer(troupe, vide, certificat_id=str(troupe.marose.certificat_id))
        assert erreurs.keys() == {"certificat_id"}


class TestFenetre:
    """R1 as soon as an F is saved."""

    @pytest.mark.parametrize(
        ("quand", "acceptee"),
        [
            # Case 1.
            ("2026-03-09T23:59:59+01:00", False),
            ("2026-03-10T00:00:00+01:00", True),
            ("2026-07-10T23:59:00+02:00", True),
            ("2026-07-11T00:00:00+02:00", False),
        ],
    )
    def test_cas_1(self, troupe: Troupe, numero: int, horloge_a: Any, quand: str, acceptee: bool) -> None:
        enregistrer(troupe, numero, date_fin="")
        horloge_a(quand)
        erreurs = enregistrer(troupe, numero, date_fin="10/06/2026", identification="maj")
        assert (erreurs == {}) is acceptee
        assert lire(numero).date_fin == (date(2026, 6, 10) if acceptee else None)
        assert lire(numero).identification is Identification.MAJ

    @pytest.mark.parametrize(
        ("date_fin", "quand", "acceptee"),
        [
            # Cases 2 and 3.
            ("31/05/2026", "2026-02-27T12:00:00+01:00", False),
            ("31/05/2026", "2026-02-28T12:00:00+01:00", True),
            ("31/05/2026", "2026-06-30T12:00:00+02:00", True),
            ("31/05/2026", "2026-07-01T12:00:00+02:00", False),
            ("31/01/2026", "2026-02-28T12:00:00+01:00", True),
            ("31/01/2026", "2026-03-01T12:00:00+01:00", False),
            ("31/12/2026", "2026-09-29T12:00:00+02:00", False),
            ("31/12/2026", "2026-09-30T12:00:00+02:00", True),
            ("31/12/2026", "2027-01-31T12:00:00+01:00", True),
            ("31/12/2026", "2027-02-01T12:00:00+01:00", False),
        ],
    )
    def test_cas_2_et_3(
        self, troupe: Troupe, numero: int, horloge_a: Any, date_fin: str, quand: str, acceptee: bool
    ) -> None:
        horloge_a(quand)
        assert (enregistrer(troupe, numero, date_fin=date_fin) == {}) is acceptee

    def test_cas_20_jugee_au_jour_de_la_premiere_soumission(self, troupe: Troupe, horloge_a: Any) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE, premiere_soumission_le=date(2026, 7, 5))
        horloge_a("2026-07-20T09:00:00+02:00")
        assert enregistrer(troupe, numero, date_fin="09/06/2026") == {}
        erreurs = enregistrer(troupe, numero, date_fin="01/04/2026")
        assert "05/07/2026" in erreurs["date_fin"][0]
        assert lire(numero).date_fin == date(2026, 6, 9)

    def test_une_rectificative_garde_sa_date_de_fin(self, troupe: Troupe, horloge_a: Any) -> None:
        """R14: R1 counts as met."""
        numero = une_session(troupe.marose, Etat.SAISIE, rectifie_numero=125, date_fin=None)
        horloge_a("2027-01-10T09:00:00+01:00")
        assert enregistrer(troupe, numero, date_fin="10/06/2026") == {}
