"""R13 through "enregistrer": the place in its three forms."""

from datetime import date
from typing import Any

import pytest

from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.referentiel.modeles import Niveau, Plateforme
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.declaration.avertissements import avertissement_lieu
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import Organisme, un_organisme, une_habilitation, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, lire

ETOILE = (TypeLieu.FRANCE, "26800", "ETOILE SUR RHONE", None, None)


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """A complete draft, at 26800 ETOILE SUR RHONE."""
    return une_session(troupe.marose, Etat.SAISIE)


@pytest.fixture
def amiante(troupe: Troupe) -> Organisme:
    """An organisation accredited for a dispositif that requires a platform, and for SST."""
    organisme = un_organisme("AMIANTE SUD", "Amiante-1", dispositif="Amiante", plateforme_requise=True)
    une_habilitation(organisme.entite_id, troupe.marose.niveau_id)
    return organisme


def une_plateforme(organisme: Organisme, code_postal: str = "26800", fin: date | None = None) -> int:
    dispositif_id = db.session.get_one(Niveau, organisme.niveau_id).dispositif_id
    with transaction():
        plateforme = Plateforme(
            entite_id=organisme.entite_id,
            dispositif_id=dispositif_id,
            code_postal=code_postal,
            ville={"26800": "ETOILE SUR RHONE", "69007": "LYON"}[code_postal],
            debut=date(2025, 1, 1),
            fin=fin,
        )
        db.session.add(plateforme)
    return plateforme.id


def enregistrer(organisme: Organisme, numero: int, **champs: str) -> dict[str, list[str]]:
    return saisie.enregistrer(organisme.gestionnaire, numero, version(numero), champs).erreurs


def lieu(numero: int) -> tuple[Any, ...]:
    s = lire(numero)
    return (s.lieu_type, s.code_postal, s.ville, s.pays, s.plateforme_id)


class TestEnFrance:
    @pytest.mark.parametrize(
        ("code_postal", "ville", "retenue"),
        [
            ("26800", "Étoile-sur-Rhône", "ETOILE SUR RHONE"),
            ("01400", "l'Abergement-Clémenciat", "L ABERGEMENT CLEMENCIAT"),
            ("97133", "Saint-Barthélemy", "SAINT BARTHELEMY"),
            ("97133", "St Barthélemy", "SAINT BARTHELEMY"),
        ],
    )
    def test_cas_18(self, troupe: Troupe, numero: int, code_postal: str, ville: str, retenue: str) -> None:
        assert enregistrer(troupe.marose, numero, code_postal=code_postal, ville=ville) == {}
        assert lieu(numero) == (TypeLieu.FRANCE, code_postal, retenue, None, None)
        assert lire(numero).lieu == f"{code_postal} {retenue}"

    @pytest.mark.parametrize(
        "code_postal",
        ["2A004", "7500", "750011", "75 001", "-1", "0", "1e9", "²²²²²", "٢٦٨٠٠", "9" * 400, "2680\0"],
    )
    def test_un_code_postal_illisible(self, troupe: Troupe, numero: int, code_postal: str) -> None:
        avant = empreinte_de_la_base()
        assert enregistrer(troupe.marose, numero, code_postal=code_postal).keys() == {"code_postal"}
        assert empreinte_de_la_base() == avant

    def test_la_commune_unique_n_a_pas_a_etre_saisie(self, troupe: Troupe, numero: int) -> None:
        assert enregistrer(troupe.marose, numero, code_postal="69007", ville="") == {}
        assert lieu(numero) == (TypeLieu.FRANCE, "69007", "LYON", None, None)

    def test_la_ville_de_l_ancien_code_postal_n_est_pas_une_faute(self, troupe: Troupe, numero: int) -> None:
        """The form still posts it when only the postcode was typed anew."""
        reste = "ETOILE SUR RHONE"
        assert enregistrer(troupe.marose, numero, code_postal="69007", ville=reste) == {}
        assert lieu(numero) == (TypeLieu.FRANCE, "69007", "LYON", None, None)
        assert enregistrer(troupe.marose, numero, code_postal="26800", ville="LYON") == {}
        assert lieu(numero) == (TypeLieu.FRANCE, "26800", None, None, None)

    def test_une_ville_d_ailleurs_laisse_le_code_sans_ville(self, troupe: Troupe, numero: int) -> None:
        assert enregistrer(troupe.marose, numero, code_postal="26800", ville="Paris").keys() == {"ville"}
        assert lieu(numero) == (TypeLieu.FRANCE, "26800", None, None, None)

    def test_un_cedex_est_accepte_avec_un_avertissement(self, troupe: Troupe, numero: int) -> None:
        assert enregistrer(troupe.marose, numero, code_postal="75901", ville="Paris Cedex 01") == {}
        assert lieu(numero) == (TypeLieu.FRANCE, "75901", "PARIS CEDEX 01", None, None)
        assert "75901" in (avertissement_lieu(lire(numero)) or "")

    def test_un_code_inconnu_sans_cedex(self, troupe: Troupe, numero: int) -> None:
        assert enregistrer(troupe.marose, numero, code_postal="75901", ville="Paris").keys() == {
            "code_postal"
        }
        assert lieu(numero) == ETOILE


class TestALEtranger:
    def test_pays_et_ville(self, troupe: Troupe, numero: int) -> None:
        erreurs = enregistrer(
            troupe.marose, numero, lieu_type="etranger", pays="be", ville_etranger="  Liège "
        )
        assert erreurs == {}
        assert lieu(numero) == (TypeLieu.ETRANGER, None, "Liège", "BE", None)
        assert lire(numero).lieu == "Liège, Belgique"

    def test_une_ville_sans_pays_est_deja_mise_en_forme(
        self, chaque_base: str, troupe: Troupe, numero: int
    ) -> None:
        saisie = "Lie\u0300ge" + "\u00a0" * 200 + "Centre"
        assert enregistrer(troupe.marose, numero, lieu_type="etranger", pays="", ville_etranger=saisie) == {}
        assert lieu(numero) == (TypeLieu.ETRANGER, None, "Liège Centre", None, None)

    def test_l_un_sans_l_autre_est_admis_au_brouillon(self, troupe: Troupe, numero: int) -> None:
        assert enregistrer(troupe.marose, numero, lieu_type="etranger", pays="BE", ville_etranger="") == {}
        assert lieu(numero) == (TypeLieu.ETRANGER, None, None, "BE", None)
        with pytest.raises(SaisieInvalide) as refus:
            agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
        assert refus.value.champs.keys() == {"ville"}

    def test_partir_de_france_n_emporte_pas_sa_ville(self, troupe: Troupe, numero: int) -> None:
        assert enregistrer(troupe.marose, numero, lieu_type="etranger") == {}
        assert lieu(numero) == (TypeLieu.ETRANGER, None, None, None, None)
        enregistrer(troupe.marose, numero, pays="BE", ville_etranger="Liège")
        assert enregistrer(troupe.marose, numero, lieu_type="france") == {}
        assert lieu(numero) == (TypeLieu.FRANCE, None, None, None, None)

    @pytest.mark.parametrize(
        ("pays", "ville", "champ"),
        [
            ("FR", "Lille", "pays"),
            ("XX", "Liège", "pays"),
            ("²", "Liège", "pays"),
            ("BE", "李小龍", "ville_etranger"),
            ("BE", "12", "ville_etranger"),
            ("BE", "L" * 81, "ville_etranger"),
            ("BE", "Liège\0", "ville_etranger"),
            ("BE", "<b>Liège</b>", "ville_etranger"),
        ],
    )
    def test_refuse(self, troupe: Troupe, numero: int, pays: str, ville: str, champ: str) -> None:
        erreurs = enregistrer(troupe.marose, numero, lieu_type="etranger", pays=pays, ville_etranger=ville)
        assert erreurs.keys() == {champ}


class TestSurPlateforme:
    @pytest.fixture
    def chantier(self, amiante: Organisme) -> int:
        """A draft on a dispositif that requires a platform, without its place."""
        return une_session(amiante, Etat.SAISIE, lieu_type=None, code_postal=None, ville=None)

    def test_cas_19_la_seule_plateforme_est_choisie(self, amiante: Organisme, chantier: int) -> None:
        plateforme_id = une_plateforme(amiante)
        assert enregistrer(amiante, chantier, plateforme_id="") == {}
        assert lieu(chantier) == (TypeLieu.PLATEFORME, "26800", "ETOILE SUR RHONE", None, plateforme_id)

    def test_cas_19_un_lieu_libre_forge_est_refuse(self, amiante: Organisme, chantier: int) -> None:
        une_plateforme(amiante)
        avant = empreinte_de_la_base()
        for type_ in ("france", "etranger"):
            erreurs = enregistrer(
                amiante, chantier, lieu_type=type_, code_postal="75001", ville="PARIS", pays="BE"
            )
            assert erreurs.keys() == {"lieu_type"}
        assert empreinte_de_la_base() == avant
        assert enregistrer(amiante, chantier, code_postal="75001", ville="PARIS") == {}
        assert lieu(chantier)[1:3] == ("26800", "ETOILE SUR RHONE")

    def test_celle_d_une_autre_entite(self, troupe: Troupe, amiante: Organisme, chantier: int) -> None:
        une_plateforme(amiante)
        autre = un_organisme("AUTRE", "Amiante-1", dispositif="Amiante")
        chez_les_autres = une_plateforme(autre, "69007")
        avant = empreinte_de_la_base()
        for forgee in (str(chez_les_autres), "0", "-1", "²", "9" * 400, "1 OR 1=1", "1e0"):
            assert enregistrer(amiante, chantier, plateforme_id=forgee).keys() == {"plateforme_id"}
        assert empreinte_de_la_base() == avant

    def test_celle_qui_ferme_avant_la_fin(self, amiante: Organisme, chantier: int) -> None:
        fermee = une_plateforme(amiante, fin=date(2026, 6, 9))
        assert enregistrer(amiante, chantier, plateforme_id=str(fermee)).keys() == {"plateforme_id"}
        assert enregistrer(amiante, chantier, date_fin="09/06/2026", plateforme_id=str(fermee)) == {}

    def test_fermee_depuis_elle_est_refusee_a_la_soumission(self, amiante: Organisme, chantier: int) -> None:
        plateforme_id = une_plateforme(amiante)
        enregistrer(amiante, chantier, plateforme_id=str(plateforme_id))
        with transaction():
            db.session.get_one(Plateforme, plateforme_id).fin = date(2026, 6, 9)
        with pytest.raises(SaisieInvalide) as refus:
            agir(Action.SOUMETTRE_AU_FORMATEUR, amiante.gestionnaire, chantier)
        assert refus.value.champs.keys() == {"plateforme_id"}

    def test_inutile_la_ou_aucune_n_est_requise(self, troupe: Troupe, numero: int) -> None:
        assert enregistrer(troupe.marose, numero, lieu_type="plateforme").keys() == {"lieu_type"}
        assert lieu(numero) == ETOILE

    def test_passer_a_un_dispositif_qui_en_requiert(self, troupe: Troupe, amiante: Organisme) -> None:
        """The form still posts the place of before: it is dropped, not held against the user."""
        plateforme_id = une_plateforme(amiante)
        numero = une_session(
            amiante,
            Etat.SAISIE,
            niveau_id=troupe.marose.niveau_id,
            certificat_id=troupe.marose.certificat_id,
        )
        ancien = {"lieu_type": "france", "code_postal": "26800", "ville": "ETOILE SUR RHONE"}
        assert enregistrer(amiante, numero, niveau_id=str(amiante.niveau_id), **ancien) == {}
        assert lieu(numero) == (TypeLieu.PLATEFORME, "26800", "ETOILE SUR RHONE", None, plateforme_id)

    def test_revenir_a_un_dispositif_libre(self, troupe: Troupe, amiante: Organisme, chantier: int) -> None:
        une_plateforme(amiante)
        enregistrer(amiante, chantier, plateforme_id="")
        sst = str(troupe.marose.niveau_id)
        assert enregistrer(amiante, chantier, niveau_id=sst, lieu_type="plateforme") == {}
        assert lieu(chantier) == (None, None, None, None, None)
