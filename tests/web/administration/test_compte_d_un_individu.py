"""The account of one person through their record: closed, opened again, given an end or an address (R17)."""

from datetime import timedelta

import pytest
import time_machine
from sqlalchemy import select, update

from certif.domaine.courriers.modeles import Courrier
from certif.domaine.personnes.modeles import Role
from certif.domaine.temps import debut_du_jour, format_date
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui
from tests.support.factories import une_personne
from tests.web.administration.test_fiches_des_entites import combien, envoyer
from tests.web.administration.test_individus import INDIVIDUS, confirmer, fiche, individu
from tests.web.distribution import Navigateur
from tests.web.lecture import Page
from tests.web.scene import Scene


def test_deactivated_it_is_closed_at_once_on_every_device_then_opened_again(
    scene: Scene, admin: Navigateur
) -> None:
    bureau, telephone = (scene.navigateur(scene.troupe.delegataire) for _ in range(2))
    adresse, dans_un_an = fiche(scene, "delegataire"), aujourd_hui() + timedelta(days=365)
    assert envoyer(admin, f"{adresse}/fin-du-compte", fin_le=format_date(dans_un_an)).status_code == 303
    assert confirmer(admin, f"{adresse}/desactiver").status_code == 303
    for appareil in (bureau, telephone):
        assert appareil.get(scene.adresse("/sessions/en-cours")).location.startswith("/connexion")
    assert "Désactivé" in admin.get(adresse).text
    assert envoyer(admin, f"{adresse}/reactiver").status_code == 303
    assert "Actif" in admin.get(adresse).text
    assert individu(scene, scene.troupe.delegataire.individu_id).fin_le == dans_un_an
    assert (
        scene.navigateur(scene.troupe.delegataire).get(scene.adresse("/sessions/en-cours")).status_code == 200
    )


@pytest.mark.parametrize("qui", ["gestionnaire", "administrateur"])
def test_the_last_of_a_role_and_oneself_stay(scene: Scene, admin: Navigateur, qui: str) -> None:
    def seul() -> None:
        autres = select(Role.id).where(
            Role.entite_id == scene.troupe.marose.entite_id,
            Role.individu_id != scene.troupe.gestionnaire.individu_id,
        )
        db.session.execute(update(Role).where(Role.id.in_(autres)).values(actif=False))
        db.session.commit()

    scene.dans(seul)
    scene.navigateur(scene.troupe.gestionnaire)
    adresse = f"{fiche(scene, qui)}/desactiver"
    assert "Désactiver le compte</button>" not in admin.get(adresse).text
    assert envoyer(admin, adresse, confirme="1").status_code in (409, 422)
    assert individu(scene, getattr(scene.troupe, qui).individu_id).actif


def test_an_address_is_set_and_told_and_another_s_is_refused(scene: Scene, admin: Navigateur) -> None:
    adresse = f"{fiche(scene, 'formateur')}/adresse"
    prise = individu(scene, scene.troupe.gestionnaire.individu_id).email or ""
    for email in ("", "a@b", prise):
        assert envoyer(admin, adresse, email=email).status_code == 422, email
    courriers = combien(scene, Courrier)
    assert envoyer(admin, adresse, email="neuve@x.example").status_code == 303
    assert individu(scene, scene.troupe.formateur.individu_id).email == "neuve@x.example"
    assert combien(scene, Courrier) > courriers


def test_an_account_closes_after_its_last_day_and_is_opened_again(scene: Scene, admin: Navigateur) -> None:
    adresse, demain = fiche(scene, "delegataire"), aujourd_hui() + timedelta(days=1)
    assert envoyer(admin, f"{adresse}/fin-du-compte", fin_le=format_date(demain)).status_code == 303
    assert format_date(demain) in admin.get(adresse).text
    accueil, minuit = scene.adresse("/sessions/en-cours"), debut_du_jour(demain + timedelta(days=1))
    with time_machine.travel(minuit - timedelta(minutes=5), tick=False) as temps:
        admin, telephone = map(scene.navigateur, (scene.troupe.administrateur, scene.troupe.delegataire))
        assert telephone.get(accueil).status_code == 200
        temps.shift(timedelta(minutes=5))
        assert telephone.get(accueil).location.startswith("/connexion")
        assert "Désactivé" in admin.get(adresse).text
        assert envoyer(admin, f"{adresse}/reactiver").status_code == 303
    assert individu(scene, scene.troupe.delegataire.individu_id).fin_le is None


def test_an_end_that_cannot_be_is_refused_beside_its_field(scene: Scene, admin: Navigateur) -> None:
    scene.navigateur(scene.troupe.etranger)
    adresse = f"{fiche(scene, 'etranger')}/fin-du-compte"
    hier, demain = (format_date(aujourd_hui() + timedelta(days=n)) for n in (-1, 1))
    for texte in (hier, "31/02/2030", "demain", "٠١/٠١/٢٠٣٠", demain):  # the last gestionnaire of GUY
        reponse = envoyer(admin, adresse, fin_le=texte)
        assert reponse.status_code == 422 and "fin_le" in Page(reponse).messages, texte
    assert individu(scene, scene.troupe.etranger.individu_id).fin_le is None
    sien = f"{fiche(scene, 'administrateur')}/fin-du-compte"
    assert envoyer(admin, sien, fin_le=demain).status_code == 409


def test_the_record_tells_whether_an_invitation_waits(scene: Scene, admin: Navigateur) -> None:
    adresse = f"{INDIVIDUS}/{scene.dans(lambda: une_personne('Neuve', 'Zoé').id)}"
    assert "Aucune en attente" in admin.get(adresse).text
    assert envoyer(admin, f"{adresse}/inviter").status_code == 303
    jusqu_au = format_date(aujourd_hui() + timedelta(days=7))
    assert f"valable jusqu’au {jusqu_au}" in admin.get(adresse).text
