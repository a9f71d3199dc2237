"""What the certificates of a session print is known from the click on, whoever froze it."""

from datetime import date

import pytest
from sqlalchemy import select

from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.impression import impression_de, impressions
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.reprise import abandonner_generation
from certif.domaine.personnes.modeles import Entite
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_organisme, une_session, version
from tests.support.moves import lire, porter_a

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")


def test_from_the_click_on_and_not_before() -> None:
    organisme = un_organisme()
    sessions = {
        etat: une_session(organisme, etat, reussites=1 + rang, date_fin=date(2026, 6, 10 - rang))
        for rang, etat in enumerate(Etat)
    }
    trouvees = impressions([lire(numero) for numero in sessions.values()])
    assert trouvees.keys() == {sessions[Etat.GENERATION], sessions[Etat.GENERE]}
    for trouvee in trouvees.values():
        assert trouvee.emission.delivre_par == "MAROSE FORMATION"
        assert (trouvee.dispositif_niveau, trouvee.lieu) == ("SST / 1", "26800 ETOILE SUR RHONE")


def test_certificates_that_a_newer_version_froze_are_shown_all_the_same() -> None:
    numero = une_session(un_organisme(), Etat.GENERE, reussites=1)
    with transaction():
        emis = db.session.scalars(select(CertificatEmis)).one()
        emis.donnees = {**emis.donnees, "a_venir": "2030"}
    trouvee = impression_de(lire(numero))
    assert trouvee is not None and trouvee.formateur == "RIVIÈRE Stéphanie"


def test_a_generation_that_begins_again_says_the_name_of_its_second_click() -> None:
    organisme = un_organisme()
    numero = une_session(organisme, Etat.GENERATION, reussites=1)
    with transaction():
        abandonner_generation(numero)
        db.session.get_one(Entite, organisme.entite_id).raison_sociale = "INRS"
    porter_a(numero, etat=Etat.VALIDATION_ENTITE)
    demander_generation(organisme.gestionnaire, numero, version(numero))
    trouvee = impression_de(lire(numero))
    assert trouvee is not None and trouvee.emission.emetteur == "INRS"
