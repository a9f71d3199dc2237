"""R3, R4: looking for a formateur tells what is needed to declare them, and nothing else."""

from dataclasses import asdict
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import SaisieInvalide
from certif.domaine.libelles.sessions import droits
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.actions.designation import RechercheSaisie, verifier_et_declarer
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles_recherche import RechercheFormateur
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.domaine.sessions.recherche import NE_LE, chercher, identite, messages, recherches, un_formateur
from tests.support.factories import (
    un_certificat,
    un_role,
    un_stagiaire,
    une_personne,
    une_qualification,
    une_session,
    version,
)
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, declarer, lignes, lire


@pytest.fixture
def numero(troupe: Troupe) -> int:
    """A draft without formateur, F = 10/06/2026."""
    return une_session(troupe.marose, Etat.SAISIE, formateur_id=None)


class TestTrouver:
    @pytest.mark.parametrize("texte", ["JKA37899", " jka37899 ", "\tjKa37899\u00a0"])
    def test_cas_8_par_le_numero(self, troupe: Troupe, numero: int, texte: str) -> None:
        un_formateur(troupe, "Dupont", "Stéphanie", numero="JKA37899")
        trouvee = chercher(troupe, numero, numero=texte)
        assert [v.reussi for v in trouvee.verdicts] == [True] * 4
        assert (trouvee.identite, trouvee.numero) == ("DUPONT Stéphanie", "JKA37899")
        assert trouvee.conclusion == (
            "DUPONT Stéphanie (JKA37899) peut être déclarée comme formateur de cette session."
        )

    @pytest.mark.parametrize(
        "texte", ["JK37899", "JKA3789٣", "JKA378999", "JKA 37899", "ſKA37899", "%", "\0"]
    )
    def test_cas_8_un_numero_mal_forme(self, troupe: Troupe, numero: int, texte: str) -> None:
        avant = empreinte_de_la_base()
        with pytest.raises(SaisieInvalide) as erreur:
            chercher(troupe, numero, numero=texte)
        assert erreur.value.champs.keys() == {"numero"}
        assert empreinte_de_la_base() == avant, "a search that cannot be read is not a search"

    @pytest.mark.parametrize(
        ("personne", "saisie_"),
        [
            (("LEFÈVRE", "Hélène"), ("lefevre", "helene")),
            (("De La Tour", "Anne"), ("delatour", "anne")),
            (("D’Almeida-Faÿ", "João"), ("D'ALMEIDA FAY", "Joao")),
            (("Łukasik", "Œdipe"), ("lukasik", "oedipe")),
            (("Nguyễn", "Thị"), ("Nguye\u0302\u0303n", "thi")),
            (("Ðorđević", "Ana"), ("Đorđević", "ANA")),
            (("СОРА", "Ana"), ("Copa", "Ana")),
            (("ĸarl", "Ana"), ("ĸarl", "Ana")),
        ],
    )
    def test_cas_9_par_l_identite(
        self, troupe: Troupe, numero: int, personne: tuple[str, str], saisie_: tuple[str, str]
    ) -> None:
        individu_id = un_formateur(troupe, *personne).id
        assert chercher(troupe, numero, **identite(*saisie_)).acceptee
        assert lire(numero).formateur_id == individu_id

    @pytest.mark.parametrize(
        "saisie_",
        [
            identite("LEFEVRE", "Hélène", "02/02/1980"),
            identite("LEFEV", "Hélène"),
            identite("LEFEVRE", "H"),
            identite("Hélène", "LEFEVRE"),
        ],
    )
    def test_rien_d_approchant(self, troupe: Troupe, numero: int, saisie_: dict[str, Any]) -> None:
        un_formateur(troupe, "LEFÈVRE", "Hélène")
        inconnue = chercher(troupe, numero, **saisie_)
        assert messages(inconnue)[0] == (False, droits.PERSONNE_INCONNUE)
        assert (inconnue.identite, inconnue.numero) == ("", "")

    def test_cas_9_homonymes(self, troupe: Troupe, numero: int) -> None:
        un_formateur(troupe, "Martin", "Jean", numero="HOM10006")
        second = un_formateur(troupe, "MARTIN", "JEAN", numero="HOM10007").id
        with pytest.raises(SaisieInvalide) as erreur:
            chercher(troupe, numero, **identite("martin", "jean"))
        assert erreur.value.champs == {"numero": [droits.HOMONYMES]}
        assert lire(numero).formateur_id is None
        assert chercher(troupe, numero, numero="HOM10007").acceptee
        assert lire(numero).formateur_id == second
        assert chercher(troupe, numero, numero="HOM10007", **identite("martin", "jean")).acceptee

    def test_deux_noms_qui_se_lisent_pareil_sont_des_homonymes(self, troupe: Troupe, numero: int) -> None:
        un_formateur(troupe, "Đorđević", "Ana")
        second = un_formateur(troupe, "Ðorđević", "Ana", numero="HOM10007").id
        with pytest.raises(SaisieInvalide) as erreur:
            chercher(troupe, numero, **identite("Ðorđević", "Ana"))
        assert erreur.value.champs == {"numero": [droits.HOMONYMES]}
        assert chercher(troupe, numero, numero="HOM10007", **identite("Đorđević", "Ana")).acceptee
        assert lire(numero).formateur_id == second

    def test_numero_et_identite_qui_se_contredisent(self, troupe: Troupe, numero: int) -> None:
        un_formateur(troupe, "Martin", "Jean", numero="HOM10006")
        for autre in (identite("martin", "jeanne"), identite("martin", "jean", "02/02/1980")):
            with pytest.raises(SaisieInvalide) as erreur:
                chercher(troupe, numero, numero="HOM10006", **autre)
            assert erreur.value.champs == {"numero": [droits.RECHERCHE_CONTRADICTOIRE]}
        assert lire(numero).formateur_id is None

    def test_il_faut_l_identite_entiere(self, troupe: Troupe, numero: int) -> None:
        with pytest.raises(SaisieInvalide) as erreur:
            chercher(troupe, numero, nom="Martin", date_naissance="31/02/1980")
        assert erreur.value.champs.keys() == {"prenom", "date_naissance"}
        with pytest.raises(SaisieInvalide) as erreur:
            chercher(troupe, numero)
        assert erreur.value.champs == {"numero": [droits.FORMATEUR_MANQUANT]}

    def test_sans_niveau_ni_date_rien_ne_se_juge(self, troupe: Troupe) -> None:
        vides: tuple[dict[str, Any], ...] = ({"date_fin": None}, {"niveau_id": None, "certificat_id": None})
        for vide in vides:
            numero = une_session(troupe.marose, Etat.SAISIE, **vide)
            with pytest.raises(SaisieInvalide, match="Indiquez d’abord"):
                chercher(troupe, numero, numero="JKA37899")


class TestTaire:
    def test_cas_8_quelqu_un_qui_n_a_jamais_ete_formateur_n_existe_pas(
        self, troupe: Troupe, numero: int
    ) -> None:
        gestionnaire = db.session.get_one(Individu, troupe.etranger.individu_id)
        une_qualification(gestionnaire.id, troupe.marose.niveau_id)
        forprev = db.session.get_one(Individu, troupe.etranger.individu_id).numero
        connue = chercher(troupe, numero, numero=forprev)
        inconnue = chercher(troupe, numero, numero="ZZZ99999")
        assert connue == inconnue
        assert messages(connue) == [
            (False, droits.PERSONNE_INCONNUE),
            *[(None, droits.NON_VERIFIE)] * 3,
        ]
        assert chercher(troupe, numero, **identite("Paris", "Karine")) == inconnue

    def test_message_2_par_numero_ne_nomme_personne(self, troupe: Troupe, numero: int) -> None:
        individu_id = un_formateur(troupe, "Dupont", "Stéphanie", numero="JKA37899").id
        with transaction():
            db.session.execute(update(Role).where(Role.individu_id == individu_id).values(actif=False))
        par_numero = chercher(troupe, numero, numero="JKA37899")
        assert messages(par_numero)[1] == (False, droits.ROLE_INACTIF)
        assert (par_numero.identite, par_numero.numero) == ("", "")
        # Whoever gave the identity learns nothing from reading it again.
        assert chercher(troupe, numero, **identite("dupont", "stephanie")).identite == "DUPONT Stéphanie"
        assert lire(numero).formateur_id is None

    def test_ni_naissance_ni_adresse_dans_aucun_resultat(self, troupe: Troupe, numero: int) -> None:
        individu = un_formateur(
            troupe, "Dupont", "Stéphanie", numero="JKA37899", email="s@formateurs.example"
        )
        for recherche in ({"numero": individu.numero}, identite("dupont", "stephanie")):
            dit = str(asdict(chercher(troupe, numero, **recherche)))
            assert not any(secret in dit for secret in ("1980", "01/02", "s@formateurs.example"))

    def test_ce_qui_est_garde_d_une_recherche_ne_nomme_personne(self, troupe: Troupe, numero: int) -> None:
        chercher(troupe, numero, **identite("Inconnu", "Jean"))
        db.session.rollback()
        garde = db.session.scalars(select(RechercheFormateur)).one()
        assert len(garde.cle) == 64 and "inconnu" not in garde.cle


class TestVerdicts:
    def test_un_refus_nomme_la_date_qui_le_cause(self, troupe: Troupe, numero: int) -> None:
        """Case 7, first half."""
        individu_id = un_formateur(troupe, "Dupont", "Stéphanie", numero="JKA37899").id
        with transaction():
            db.session.execute(
                update(Qualification)
                .where(Qualification.individu_id == individu_id)
                .values(fin=date(2026, 6, 9))
            )
        quatrieme = chercher(troupe, numero, numero="JKA37899").verdicts[3]
        assert quatrieme.message == (
            "Sa qualification SST / 1 a pris fin le 09/06/2026\u00a0; la session se termine le 10/06/2026."
        )
        assert lire(numero).formateur_id is None

    def test_sans_la_qualification_du_niveau(self, troupe: Troupe, numero: int) -> None:
        individu_id = une_personne("Dubois", "Nadia", numero="PRA10005").id
        un_role(individu_id, TypeRole.FORMATEUR)
        une_qualification(individu_id, un_certificat("PRAP-1", "PRAP").niveau_id)
        verification = chercher(troupe, numero, numero="PRA10005")
        assert [v.reussi for v in verification.verdicts] == [True, True, False, None]
        assert verification.identite == "DUBOIS Nadia"

    def test_le_formateur_peut_etre_le_declarant(self, troupe: Troupe, numero: int) -> None:
        un_role(troupe.gestionnaire.individu_id, TypeRole.FORMATEUR)
        une_qualification(troupe.gestionnaire.individu_id, troupe.marose.niveau_id)
        assert declarer(troupe.gestionnaire, numero, troupe.gestionnaire.individu_id).acceptee

    def test_une_recherche_refusee_ne_change_pas_la_session(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE)
        chercher(troupe, numero, numero="ZZZ99999")
        assert lire(numero).formateur_id == troupe.formateur.individu_id
        assert version(numero) == 1 and not lignes(numero)

    def test_declarer_laisse_une_ligne(self, troupe: Troupe, numero: int) -> None:
        declarer(troupe.gestionnaire, numero, troupe.formateur.individu_id)
        (ligne,) = lignes(numero)
        assert (ligne.action, ligne.detail) == (Action.ENREGISTRER.value, "formateur")

    def test_le_meme_clic_deux_fois_redit_les_verdicts(self, troupe: Troupe, numero: int) -> None:
        un_formateur(troupe, "Dupont", "Stéphanie", numero="JKA37899")
        recherche = RechercheSaisie(numero="JKA37899")
        premiere = verifier_et_declarer(troupe.gestionnaire, numero, 1, recherche)
        assert verifier_et_declarer(troupe.gestionnaire, numero, 1, recherche) == premiere
        assert version(numero) == 2 and recherches() == 1


def test_le_formateur_n_est_pas_un_stagiaire(troupe: Troupe) -> None:
    """R5, when the formateur comes after the stagiaire."""
    soi = un_stagiaire("RIVIERE", "Stephanie", NE_LE)
    numero = une_session(troupe.marose, Etat.SAISIE, stagiaires=[soi], formateur_id=None)
    declarer(troupe.gestionnaire, numero, troupe.formateur.individu_id)
    with pytest.raises(SaisieInvalide, match="est le formateur de cette session"):
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
