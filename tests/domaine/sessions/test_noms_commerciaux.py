"""Trade names: written otherwise, chosen by sessions, and what removing one does to these."""

import pytest

from certif.domaine.acteur import Acteur
from certif.domaine.entites import noms_commerciaux as noms
from certif.domaine.entites.chargement import FichePerimee, empreinte_du_nom
from certif.domaine.erreurs import ActionImpossible, Introuvable, SaisieInvalide, VersionPerimee
from certif.domaine.journal import EntreeJournal
from certif.domaine.libelles.entites.mon_entite import PAR_DEMANDE
from certif.domaine.personnes.modeles import Entite, NomCommercial
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.actions.rectification import ouvrir_rectificative
from certif.domaine.sessions.changements_de_nom import retirer, sessions_au_nom
from certif.domaine.sessions.etats import Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.condense import condense_court
from certif.socle.horloge import aujourd_hui
from tests.support.factories import un_nom_commercial, une_session, version
from tests.support.moves import Troupe, lire

SECURITE = "MAROSE SÉCURITÉ"


def marque(nom_id: int) -> str:
    db.session.rollback()
    return empreinte_du_nom(db.session.get_one(NomCommercial, nom_id))


def libelles(entite_id: int) -> list[str]:
    db.session.rollback()
    return [nom.libelle for nom in db.session.get_one(Entite, entite_id).noms_commerciaux]


def corriger(acteur: Acteur, nom_id: int, sienne: str, libelle: str = "Marose-Sécurité") -> bool:
    return noms.corriger(acteur, nom_id, sienne, libelle)


@pytest.mark.parametrize("libelle", ["", " ", "x" * 81, "李小龍", "a\r\nb", "Zo\u202eé", "---"])
def test_ce_qui_ne_s_imprime_pas_est_refuse(troupe: Troupe, libelle: str) -> None:
    nom_id = un_nom_commercial(troupe.marose.entite_id)
    with pytest.raises(SaisieInvalide):
        corriger(troupe.gestionnaire, nom_id, marque(nom_id), libelle)
    assert libelles(troupe.marose.entite_id) == [SECURITE]


@pytest.mark.parametrize("libelle", ["MAROSE SÉCURITÉS", "MAROSE", "INRS", "FORMATION GUY"])
def test_un_autre_nom_se_demande(troupe: Troupe, libelle: str) -> None:
    nom_id = un_nom_commercial(troupe.marose.entite_id)
    with pytest.raises(SaisieInvalide) as refus:
        corriger(troupe.gestionnaire, nom_id, marque(nom_id), libelle)
    assert refus.value.champs == {"libelle": [PAR_DEMANDE]}
    assert libelles(troupe.marose.entite_id) == [SECURITE]


def test_seul_un_gestionnaire_de_l_entite_y_touche(troupe: Troupe) -> None:
    nom_id = un_nom_commercial(troupe.marose.entite_id)
    sienne = marque(nom_id)
    intrus: list[Acteur] = [troupe.delegataire, troupe.formateur, troupe.administrateur, troupe.etranger]
    for acteur in intrus:
        with pytest.raises(Introuvable):
            corriger(acteur, nom_id, sienne)
        with pytest.raises(Introuvable):
            retirer(acteur, nom_id, sienne)
    assert libelles(troupe.marose.entite_id) == [SECURITE]


def test_une_entite_suspendue_ne_change_rien(troupe: Troupe) -> None:
    nom_id = un_nom_commercial(troupe.marose.entite_id)
    sienne = marque(nom_id)
    with transaction():
        db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = aujourd_hui()
    for geste in (
        lambda: corriger(troupe.gestionnaire, nom_id, sienne),
        lambda: retirer(troupe.gestionnaire, nom_id, sienne),
    ):
        with pytest.raises(ActionImpossible):
            geste()
    assert libelles(troupe.marose.entite_id) == [SECURITE]


def test_un_nom_change_entre_temps_n_est_pas_ecrase(troupe: Troupe) -> None:
    nom_id = un_nom_commercial(troupe.marose.entite_id)
    perimee = condense_court({"libelle": "ANCIEN"})
    with pytest.raises(FichePerimee):
        corriger(troupe.gestionnaire, nom_id, perimee)
    with pytest.raises(FichePerimee):
        retirer(troupe.gestionnaire, nom_id, perimee)
    assert corriger(troupe.gestionnaire, nom_id, marque(nom_id))
    assert not corriger(troupe.gestionnaire, nom_id, perimee), "the same click again"


def test_une_session_choisit_un_nom_de_son_entite_seulement(troupe: Troupe) -> None:
    sien, etranger = un_nom_commercial(troupe.marose.entite_id), un_nom_commercial(troupe.guy.entite_id)
    numero = une_session(troupe.marose, Etat.SAISIE)

    def choisir(valeur: object) -> dict[str, list[str]]:
        champs = {"nom_commercial_id": str(valeur)}
        return saisie.enregistrer(troupe.gestionnaire, numero, version(numero), champs).erreurs

    assert choisir(sien) == {}
    for refuse in (etranger, 0, -1, "1 OR 1=1", 2**63, "٣"):
        assert list(choisir(refuse)) == ["nom_commercial_id"], refuse
        assert lire(numero).nom_commercial_id == sien
    saisie.enregistrer(troupe.gestionnaire, numero, version(numero), {"reference_interne": "x"})
    assert lire(numero).nom_commercial_id == sien, "a form without the field changes nothing"
    assert choisir("") == {}
    assert lire(numero).nom_commercial_id is None


def test_une_session_semblable_et_une_rectificative_gardent_le_nom(troupe: Troupe) -> None:
    nom_id = un_nom_commercial(troupe.marose.entite_id)
    modele = une_session(troupe.marose, Etat.GENERE, nom_commercial_id=nom_id)
    semblable = saisie.creer_semblable(troupe.gestionnaire, modele, "s" * 43)
    with transaction():
        rectificative = ouvrir_rectificative(lire(modele), [], troupe.gestionnaire).numero
    assert {lire(n).nom_commercial_id for n in (semblable, rectificative)} == {nom_id}


def test_retirer_un_nom_rend_ses_sessions_a_la_raison_sociale(chaque_base: str, troupe: Troupe) -> None:
    nom_id, garde = (un_nom_commercial(troupe.marose.entite_id, libelle) for libelle in ("UN", "DEUX"))
    en_cours = {
        etat: une_session(troupe.marose, etat, nom_commercial_id=nom_id)
        for etat in (Etat.SAISIE, Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE)
    }
    generee = une_session(troupe.marose, Etat.GENERE, nom_commercial_id=nom_id)
    autre = une_session(troupe.marose, Etat.SAISIE, nom_commercial_id=garde)
    avant = {numero: version(numero) for numero in (*en_cours.values(), generee, autre)}
    assert sessions_au_nom(nom_id) == 3
    sienne = marque(nom_id)
    retirer(troupe.gestionnaire, nom_id, sienne)
    retirer(troupe.gestionnaire, nom_id, sienne)  # a second click
    for etat, numero in en_cours.items():
        lue = lire(numero)
        assert (lue.nom_commercial_id, lue.version, lue.etat) == (None, avant[numero] + 1, etat)
    assert (lire(generee).nom_commercial_id, lire(generee).version) == (None, avant[generee])
    assert (lire(autre).nom_commercial_id, lire(autre).version) == (garde, avant[autre])
    with pytest.raises(VersionPerimee) as perimee:
        saisie.enregistrer(
            troupe.gestionnaire,
            en_cours[Etat.SAISIE],
            avant[en_cours[Etat.SAISIE]],
            {"reference_interne": "x"},
        )
    assert "nom imprimé sur les certificats" in perimee.value.changements[0]
    (ligne,) = db.session.query(EntreeJournal).filter_by(objet="nom_commercial", action="retirer").all()
    assert ligne.avant is not None and ligne.avant["libelle"] == "UN"
