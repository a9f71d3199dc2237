"""R1, R2, R3, R12, R13 when a session goes to the formateur, and what judges it again afterwards."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import update

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import Refus, SaisieInvalide
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.modeles import Habilitation, Qualification, Suspension
from certif.domaine.sessions.actions import saisie
from certif.domaine.sessions.chronologie import chronologie
from certif.domaine.sessions.droits.conditions import blocages, empechements
from certif.domaine.sessions.droits.relais import Relais
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles import SessionCertification, Soumission
from certif.domaine.sessions.presentation import tour_de
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_role, une_habilitation, une_qualification, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, declarer, etat, lire


def soumettre(troupe: Troupe, numero: int, par: Acteur | None = None) -> None:
    agir(Action.SOUMETTRE_AU_FORMATEUR, par or troupe.gestionnaire, numero)


def habilitation(troupe: Troupe, **colonnes: Any) -> None:
    with transaction():
        db.session.execute(
            update(Habilitation).where(Habilitation.id == troupe.marose.habilitation_id).values(**colonnes)
        )


def suspendre(troupe: Troupe, debut: date, fin: date | None) -> None:
    with transaction():
        db.session.add(Suspension(habilitation_id=troupe.marose.habilitation_id, debut=debut, fin=fin))


def un_brouillon(troupe: Troupe, date_fin: date = date(2026, 6, 10), **colonnes: Any) -> int:
    return une_session(troupe.marose, Etat.SAISIE, date_fin=date_fin, **colonnes)


def refusee(troupe: Troupe, numero: int) -> str:
    """Submit, be refused with nothing changed, and give the message."""
    avant = empreinte_de_la_base()
    with pytest.raises(Refus) as refus:
        soumettre(troupe, numero)
    assert empreinte_de_la_base() == avant
    assert refus.value.message in empechements(lire(numero)).values(), "the page would not have told"
    return refus.value.message


def test_l_historique_dit_que_le_formateur_est_le_declarant(troupe: Troupe) -> None:
    """R3 allows it; who reads the session knows it, whoever submits."""
    moi = un_role(troupe.delegataire.individu_id, TypeRole.FORMATEUR)
    une_qualification(moi.individu_id, troupe.marose.niveau_id)
    numero = un_brouillon(troupe, declarant=troupe.delegataire, formateur_id=moi.individu_id)
    soumettre(troupe, numero)
    assert chronologie(numero)[0].texte == (
        "PARIS Karine a soumis la session au formateur (qui en est aussi le déclarant)"
    )

    autre = un_brouillon(troupe)
    soumettre(troupe, autre)
    assert chronologie(autre)[0].texte == "PARIS Karine a soumis la session au formateur"


def test_ce_que_la_soumission_laisse(troupe: Troupe) -> None:
    numero = un_brouillon(troupe)
    soumettre(troupe, numero)
    soumise = lire(numero)
    assert soumise.soumise_le is not None and soumise.premiere_soumission_le == date(2026, 6, 10)
    (photo,) = db.session.query(Soumission).filter_by(session_numero=numero)
    assert photo.instantane["lieu"] == "26800 ETOILE SUR RHONE"
    assert len(photo.instantane["stagiaires"]) == 2 and photo.reponses is None


def test_tout_ce_qui_manque_est_dit(troupe: Troupe) -> None:
    vide = saisie.creer(troupe.gestionnaire, "k" * 43)
    avant = empreinte_de_la_base()
    with pytest.raises(SaisieInvalide) as refus:
        soumettre(troupe, vide)
    attendus = {"certificat_id", "lieu_type", "identification", "date_fin", "formateur_id", "stagiaires"}
    assert refus.value.champs.keys() == attendus == empechements(lire(vide)).keys()
    assert empreinte_de_la_base() == avant


def test_r1_le_jour_de_la_soumission(troupe: Troupe, horloge_a: Any) -> None:
    """Case 1: the F saved in time can still be too old on the day."""
    numero = un_brouillon(troupe)
    horloge_a("2026-07-11T00:00:00+02:00")
    assert "10/07/2026" in refusee(troupe, numero)
    horloge_a("2026-07-10T23:59:59+02:00")
    soumettre(troupe, numero)


def test_cas_20_corrigee_apres_le_delai(troupe: Troupe, horloge_a: Any) -> None:
    horloge_a("2026-07-05T09:00:00+02:00")
    numero = un_brouillon(troupe)
    soumettre(troupe, numero)
    horloge_a("2026-07-20T09:00:00+02:00")
    agir(Action.RETOUR_COMMENTE, troupe.formateur, numero)
    champs = {"date_fin": "09/06/2026"}
    assert saisie.enregistrer(troupe.gestionnaire, numero, version(numero), champs).erreurs == {}
    declarer(troupe.gestionnaire, numero, troupe.formateur.individu_id)
    soumettre(troupe, numero)
    assert lire(numero).premiere_soumission_le == date(2026, 7, 5)


@pytest.mark.parametrize(
    ("jour", "couverte"), [(date(2026, 6, 9), True), (date(2026, 6, 10), True), (date(2026, 6, 11), False)]
)
def test_cas_4_habilitation_jusqu_au_10(troupe: Troupe, jour: date, couverte: bool) -> None:
    habilitation(troupe, fin=date(2026, 6, 10))
    numero = un_brouillon(troupe, jour)
    if couverte:
        soumettre(troupe, numero)
    else:
        message = refusee(troupe, numero)
        assert "ne couvre le 11/06/2026" in message and "effet au 11/06/2026" in message


def test_cas_4_une_habilitation_terminee_depuis_n_empeche_rien(troupe: Troupe, horloge_a: Any) -> None:
    habilitation(troupe, fin=date(2026, 6, 15))
    numero = un_brouillon(troupe)
    horloge_a("2026-07-05T09:00:00+02:00")
    soumettre(troupe, numero)
    assert lire(numero).etat is Etat.VALIDATION_FORMATEUR


@pytest.mark.parametrize(("jour", "couverte"), [(date(2026, 6, 9), True), (date(2026, 6, 10), False)])
def test_cas_5_retrait(troupe: Troupe, jour: date, couverte: bool) -> None:
    habilitation(troupe, retrait_le=date(2026, 6, 10))
    numero = un_brouillon(troupe, jour)
    if couverte:
        soumettre(troupe, numero)
    else:
        assert "retirée avec effet au 10/06/2026" in refusee(troupe, numero)


@pytest.mark.parametrize(
    ("fin", "jour", "couverte"),
    [
        (date(2026, 6, 20), date(2026, 6, 4), True),
        (date(2026, 6, 20), date(2026, 6, 5), False),
        (date(2026, 6, 20), date(2026, 6, 20), False),
        (date(2026, 6, 20), date(2026, 6, 21), True),
        (None, date(2026, 8, 30), False),
    ],
)
def test_cas_5_suspension(troupe: Troupe, fin: date | None, jour: date, couverte: bool) -> None:
    suspendre(troupe, date(2026, 6, 5), fin)
    numero = un_brouillon(troupe, jour)
    if couverte:
        soumettre(troupe, numero)
    else:
        assert "suspendue" in refusee(troupe, numero)


def test_r2_une_autre_ligne_qui_couvre_suffit(troupe: Troupe) -> None:
    habilitation(troupe, retrait_le=date(2026, 6, 1))
    une_habilitation(troupe.marose.entite_id, troupe.marose.niveau_id)
    numero = un_brouillon(troupe)
    soumettre(troupe, numero)
    assert lire(numero).etat is Etat.VALIDATION_FORMATEUR


def test_r2_celle_d_une_autre_entite_ne_compte_pas(troupe: Troupe) -> None:
    habilitation(troupe, fin=date(2020, 12, 31))
    assert "Aucune habilitation" in refusee(troupe, un_brouillon(troupe))


def test_cas_6_un_retrait_retroactif_bloque_la_generation(troupe: Troupe, horloge_a: Any) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_ENTITE, date_fin=date(2026, 6, 10))
    horloge_a("2026-06-12T09:00:00+02:00")
    habilitation(troupe, retrait_le=date(2026, 6, 1))
    avant = empreinte_de_la_base()
    with pytest.raises(Refus, match="retirée avec effet au 01/06/2026"):
        agir(Action.GENERER, troupe.gestionnaire, numero)
    assert empreinte_de_la_base() == avant
    blocage = blocages([lire(numero)])[numero]
    assert tour_de(lire(numero), troupe.gestionnaire, blocage, Relais()).texte.startswith(
        "Bloquée\u00a0: aucune"
    )
    habilitation(troupe, retrait_le=None)
    assert blocages([lire(numero)]) == {}
    agir(Action.GENERER, troupe.gestionnaire, numero)


class TestFormateur:
    """R3, judged again with the data now in force."""

    def test_cas_7_qualifie_jusqu_au_10(self, troupe: Troupe) -> None:
        with transaction():
            db.session.execute(update(Qualification).values(fin=date(2026, 6, 10)))
        soumettre(troupe, un_brouillon(troupe))
        assert "10/06/2026" in refusee(troupe, un_brouillon(troupe, date(2026, 6, 11)))

    def test_un_role_retire(self, troupe: Troupe) -> None:
        numero = un_brouillon(troupe)
        with transaction():
            db.session.execute(
                update(Role).where(Role.individu_id == troupe.formateur.individu_id).values(actif=False)
            )
        assert "rôle formateur actif" in refusee(troupe, numero)

    @pytest.mark.parametrize(("fin_le", "exerce"), [(date(2026, 6, 10), True), (date(2026, 6, 9), False)])
    def test_une_personne_qui_s_en_va(self, troupe: Troupe, fin_le: date, exerce: bool) -> None:
        """R17: the end date is the last day."""
        numero = un_brouillon(troupe)
        with transaction():
            db.session.execute(
                update(Individu).where(Individu.id == troupe.formateur.individu_id).values(fin_le=fin_le)
            )
        if exerce:
            soumettre(troupe, numero)
        else:
            refusee(troupe, numero)

    def test_perdue_apres_la_soumission(self, troupe: Troupe) -> None:
        """The formateur cannot send any more; the entité takes the session back and chooses another."""
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        with transaction():
            db.session.execute(
                update(Qualification)
                .where(Qualification.individu_id == troupe.formateur.individu_id)
                .values(fin=date(2026, 6, 9))
            )
        with pytest.raises(Refus, match="qualification"):
            agir(Action.ENVOYER_RESULTATS, troupe.formateur, numero)
        assert etat(numero) is Etat.VALIDATION_FORMATEUR
        assert blocages([lire(numero)]).keys() == {numero}
        agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)


def test_les_blocages_de_plusieurs_sessions_sont_ceux_de_chacune(troupe: Troupe) -> None:
    habilitation(troupe, fin=date(2026, 6, 9))
    numeros = [
        une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, date_fin=date(2026, 6, 9)),
        une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, date_fin=date(2026, 6, 10)),
        une_session(troupe.marose, Etat.VALIDATION_ENTITE, date_fin=date(2026, 6, 10)),
        une_session(troupe.guy, Etat.VALIDATION_ENTITE, date_fin=date(2026, 6, 10)),
        un_brouillon(troupe),
    ]
    db.session.rollback()
    sessions = [db.session.get_one(SessionCertification, numero) for numero in numeros]
    assert blocages(sessions).keys() == set(numeros[1:3])


def test_la_generation_ne_juge_plus_rien_apres_elle(troupe: Troupe) -> None:
    """R6: after the click the data is frozen."""
    numero = une_session(troupe.marose, Etat.VALIDATION_ENTITE)
    agir(Action.GENERER, troupe.gestionnaire, numero)
    habilitation(troupe, retrait_le=date(2026, 6, 1))
    agir(Action.GENERER, troupe.gestionnaire, numero)
    assert etat(numero) is Etat.GENERATION and blocages([lire(numero)]) == {}
