"""R18: the register's keys change; old certificates are still known, new ones take the new key."""

from collections.abc import Callable, Iterator
from datetime import date

import pytest
from sqlalchemy import select

from certif.config import Config, ConfigurationInvalide
from certif.domaine.certificats.annulation import Annulation, annuler_et_refaire
from certif.domaine.certificats.generation import demander_generation
from certif.domaine.certificats.modeles import CertificatEmis, LigneRegistre
from certif.domaine.certificats.registre import empreintes
from certif.domaine.erreurs import Refus
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support.factories import Organisme, un_stagiaire, une_session, version
from tests.support.moves import agir

pytestmark = pytest.mark.usefixtures("contexte", "rendu_rapide")

ANCIENNE, NOUVELLE = "8f1d0c7b52ae49e3b6d80f4c2a91e75d", "Vt3kq9LmXw2pZr8sHd5yBn7cJf4gQa6e"
NEE = date(1991, 2, 14)


@pytest.fixture
def avec_cles(config: Config) -> Iterator[Callable[[str], None]]:
    """Start again with this `CERTIF_CLES_REGISTRE`."""

    def redemarrer(valeur: str) -> None:
        environ = {"CERTIF_DONNEES": str(config.donnees), "CERTIF_CLES_REGISTRE": valeur}
        empreintes.regler(Config.lire(environ).cles_registre)

    redemarrer(f"2026:{ANCIENNE}")
    yield redemarrer
    empreintes.regler(config.cles_registre)


def helene(organisme: Organisme, etat: Etat = Etat.VALIDATION_ENTITE) -> int:
    return une_session(organisme, etat, stagiaires=[un_stagiaire(resultat=Resultat.REUSSITE)])


def ligne_de(numero: int) -> LigneRegistre:
    db.session.rollback()
    return db.session.scalars(select(LigneRegistre).filter_by(session_numero=numero)).one()


def test_une_nouvelle_cle_devant_et_tout_continue(
    organisme: Organisme, avec_cles: Callable[[str], None]
) -> None:
    ancienne = helene(organisme, Etat.GENERE)
    assert ligne_de(ancienne).cle_id == "2026"
    avec_cles(f"2027:{NOUVELLE},2026:{ANCIENNE}")
    # The old line still refuses a duplicate, however the name is typed.
    doublon = une_session(organisme, stagiaires=[un_stagiaire("LEFEVRE", "helene", NEE, Resultat.REUSSITE)])
    with pytest.raises(Refus, match="déjà été délivré"):
        demander_generation(organisme.gestionnaire, doublon, version(doublon))
    # It still corresponds to its holder, and to nobody else.
    assert empreintes.correspond(ligne_de(ancienne).empreinte_identite, "Lefèvre", "Hélène", NEE)
    assert not empreintes.correspond(
        ligne_de(ancienne).empreinte_identite, "Lefèvre", "Hélène", date(1991, 2, 15)
    )
    # What is issued now is written under the new key.
    nouvelle = une_session(
        organisme, Etat.GENERE, stagiaires=[un_stagiaire("Roux", resultat=Resultat.REUSSITE)]
    )
    assert ligne_de(nouvelle).cle_id == "2027"
    assert empreintes.correspond(ligne_de(nouvelle).empreinte_identite, "Roux", "Hélène", NEE)


def test_refaire_sous_la_nouvelle_cle_ce_qui_fut_delivre_sous_l_ancienne(
    organisme: Organisme, avec_cles: Callable[[str], None]
) -> None:
    ancienne = helene(organisme, Etat.GENERE)
    avec_cles(f"2027:{NOUVELLE},2026:{ANCIENNE}")
    emis = db.session.scalars(select(CertificatEmis.id).filter_by(session_numero=ancienne)).one()
    asked = Annulation((emis,), "identite")
    refaite = annuler_et_refaire(organisme.gestionnaire, ancienne, version(ancienne), asked) or 0
    agir(Action.SOUMETTRE_AU_FORMATEUR, organisme.gestionnaire, refaite)
    agir(Action.ENVOYER_RESULTATS, organisme.formateur, refaite)
    demander_generation(organisme.gestionnaire, refaite, version(refaite))
    assert (ligne_de(ancienne).cle_id, ligne_de(refaite).cle_id) == ("2026", "2027")
    # Cancelled, it still answers for whom it was issued to.
    assert empreintes.correspond(ligne_de(ancienne).empreinte_identite, "Lefèvre", "Hélène", NEE)


def test_une_cle_retiree_trop_tot_ne_reconnait_plus_rien(
    organisme: Organisme, avec_cles: Callable[[str], None]
) -> None:
    """Why the old keys stay in the setting as long as their lines live."""
    ancienne = helene(organisme, Etat.GENERE)
    avec_cles(f"2027:{NOUVELLE}")
    assert not empreintes.correspond(ligne_de(ancienne).empreinte_identite, "Lefèvre", "Hélène", NEE)


def test_deux_cles_du_meme_nom_sont_refusees(config: Config) -> None:
    environ = {"CERTIF_DONNEES": str(config.donnees)}
    with pytest.raises(ConfigurationInvalide):
        Config.lire({**environ, "CERTIF_CLES_REGISTRE": f"2026:{NOUVELLE},2026:{ANCIENNE}"})
