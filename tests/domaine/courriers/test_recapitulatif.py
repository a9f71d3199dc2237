"""The digest: one a day and a person at 7:30, what holds then, nothing twice, whatever runs how often."""

import threading
from collections.abc import Callable, Iterable
from datetime import date, datetime, timedelta
from typing import Any

import pytest
from flask import Flask
from sqlalchemy import func, select, update

from certif.domaine.courriers import rappels, recapitulatif
from certif.domaine.courriers.envoi import envoyer
from certif.domaine.courriers.modeles import Courrier, EtatCourrier, JourRecapitule, RappelDit, SorteDeRappel
from certif.domaine.courriers.rappels import Rappel, Source
from certif.domaine.courriers.recapitulatif import LIGNES_MAX, recapituler
from certif.domaine.courriers.regles import jour_a_recapituler
from certif.domaine.courriers.remise import refus_de
from certif.domaine.personnes.modeles import Individu
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.horloge import PARIS
from tests.support.factories import une_personne
from tests.support.moves import courriers
from tests.support.writes import ecritures

pytestmark = pytest.mark.usefixtures("contexte")

Regler = Callable[[str], None]
MATIN = "2026-06-10T07:30:00+02:00"


def un_rappel(qui: int, evenement: str = "e-1", organisation: str = "MAROSE", **autres: Any) -> Rappel:
    valeurs = {
        "evenement": evenement,
        "destinataire_id": qui,
        "organisation": organisation,
        "sorte": SorteDeRappel.RESULTATS,
        "texte": f"Texte de {evenement}.",
        "chemin": f"/formateur/sessions/{evenement.rpartition('-')[2]}",
        "echeance": date(2026, 6, 20),
    }
    return Rappel(**{**valeurs, **autres})


def source(*dus: Rappel) -> Source:
    return lambda _jour: dus


def dits() -> set[tuple[str, int]]:
    db.session.rollback()
    return {(e, i) for e, i in db.session.execute(select(RappelDit.evenement, RappelDit.individu_id))}


@pytest.mark.parametrize(
    ("instant", "jour"),
    [
        ("2026-06-10T07:29:59", None),
        ("2026-06-10T07:30:00", date(2026, 6, 10)),
        ("2026-06-10T11:00:00", date(2026, 6, 10)),
        ("2026-06-10T23:59:59", date(2026, 6, 10)),
        ("2026-06-11T00:00:00", None),
        ("2026-03-29T03:30:00", None),
        ("2026-03-29T07:30:00", date(2026, 3, 29)),
        ("2026-10-25T07:29:59", None),
        ("2026-10-25T07:30:00", date(2026, 10, 25)),
    ],
)
def test_a_sept_heures_trente_de_paris_nuits_des_changements_d_heure_comprises(
    instant: str, jour: date | None
) -> None:
    assert jour_a_recapituler(datetime.fromisoformat(instant).replace(tzinfo=PARIS)) == jour


def test_un_seul_courrier_par_organisation_et_par_urgence(horloge_a: Regler) -> None:
    horloge_a(MATIN)
    qui = une_personne(mot_de_passe="haché").id
    recapituler(
        [
            source(
                un_rappel(qui, "e-1", echeance=date(2026, 7, 1)),
                un_rappel(qui, "e-2", echeance=date(2026, 6, 12)),
                un_rappel(qui, "e-3", ""),
            ),
            source(un_rappel(qui, "e-4", "FORMATION GUY")),
        ]
    )
    (courrier,) = courriers()
    assert courrier.sujet.replace("\u00a0", " ") == "Certif : 4 rappels"
    assert courrier.corps.split("\n\n")[1:5] == [
        "Voici ce qui vous attend dans Certif, au 10/06/2026.",
        "FORMATION GUY\n• Texte de e-4.\n  http://localhost:5000/formateur/sessions/4",
        "MAROSE\n• Texte de e-2.\n  http://localhost:5000/formateur/sessions/2\n"
        "• Texte de e-1.\n  http://localhost:5000/formateur/sessions/1",
        "Pour vous\n• Texte de e-3.\n  http://localhost:5000/formateur/sessions/3",
    ]
    assert "http://localhost:5000/compte/courriels" in courrier.corps
    assert "mot de passe" not in courrier.corps


def test_rien_avant_l_heure_et_une_fois_apres_une_panne(horloge_a: Regler) -> None:
    qui = une_personne().id
    sources = [source(un_rappel(qui))]
    horloge_a("2026-06-10T07:29:00+02:00")
    assert recapituler(sources) == 0
    horloge_a("2026-06-10T11:00:00+02:00")
    assert (recapituler(sources), recapituler(sources)) == (1, 0)
    envoyer(None)
    horloge_a("2026-06-11T07:30:00+02:00")
    assert recapituler(sources) == 0, "what was said is never said again"
    assert len(courriers()) == 1


def test_ce_qui_devient_du_dans_la_journee_attend_le_lendemain(horloge_a: Regler) -> None:
    qui, autre = une_personne().id, une_personne().id
    horloge_a(MATIN)
    recapituler([source(un_rappel(qui))])
    horloge_a("2026-06-10T15:00:00+02:00")
    plus_tard = [source(un_rappel(qui), un_rappel(qui, "e-2"), un_rappel(autre))]
    assert recapituler(plus_tard) == 0
    envoyer(None)
    horloge_a("2026-06-11T07:30:00+02:00")
    assert recapituler(plus_tard) == 2
    assert [c.sujet.endswith("1\u00a0rappel") for c in courriers()] == [True] * 3


def test_rien_a_dire_aucun_courrier(horloge_a: Regler) -> None:
    horloge_a(MATIN)
    assert recapituler([source()]) == 0 and courriers() == []
    assert db.session.scalars(select(JourRecapitule.jour)).all() == [date(2026, 6, 10)]


def test_qui_ne_peut_pas_le_lire_n_en_recoit_pas(horloge_a: Regler) -> None:
    horloge_a(MATIN)
    muets = [
        une_personne(actif=False).id,
        une_personne(fin_le=date(2026, 6, 9)).id,
        une_personne(email=None).id,
    ]
    dernier_jour = une_personne(fin_le=date(2026, 6, 10)).id
    recapituler([source(*(un_rappel(qui) for qui in [*muets, dernier_jour]))])
    assert [c.destinataire_id for c in courriers()] == [dernier_jour]
    assert dits() == {("e-1", dernier_jour)}, "they may be told once they can read it"


def test_sans_mot_de_passe_on_dit_comment_en_choisir_un(horloge_a: Regler) -> None:
    horloge_a(MATIN)
    recapituler([source(un_rappel(une_personne(mot_de_passe=None).id))])
    assert "http://localhost:5000/mot-de-passe-oublie" in courriers()[0].corps


def test_une_sorte_refusee_n_est_pas_dite_et_peut_l_etre_plus_tard(horloge_a: Regler) -> None:
    qui = une_personne().id
    assert rappels.voulus(qui) == set(SorteDeRappel)
    rappels.choisir(qui, [SorteDeRappel.DROITS])
    assert rappels.voulus(qui) == {SorteDeRappel.DROITS}
    horloge_a(MATIN)
    sources = [source(un_rappel(qui), un_rappel(qui, "e-2", sorte=SorteDeRappel.DROITS))]
    recapituler(sources)
    envoyer(None)
    assert dits() == {("e-2", qui)}
    rappels.choisir(qui, list(SorteDeRappel))
    horloge_a("2026-06-11T07:30:00+02:00")
    recapituler(sources)
    assert dits() == {("e-1", qui), ("e-2", qui)}


def test_ce_qui_depasse_un_courrier_suit_le_lendemain(horloge_a: Regler) -> None:
    qui = une_personne().id
    trop = [un_rappel(qui, f"e-{n}") for n in range(LIGNES_MAX + 3)]
    horloge_a(MATIN)
    recapituler([source(*trop)])
    assert "3\u00a0autres rappels suivront demain." in courriers()[0].corps
    envoyer(None)
    horloge_a("2026-06-11T07:30:00+02:00")
    recapituler([source(*trop)])
    assert len(dits()) == LIGNES_MAX + 3 and courriers()[1].sujet.endswith("3\u00a0rappels")


def test_mort_a_mi_chemin_le_suivant_finit(horloge_a: Regler, monkeypatch: pytest.MonkeyPatch) -> None:
    horloge_a(MATIN)
    qui = [une_personne().id for _ in range(25)]
    sources = [source(*(un_rappel(i) for i in qui))]
    entier = rappels.noter_dits
    faits: list[int] = []

    def mourir(lignes: Iterable[Rappel], jour: date) -> None:
        faits.append(1)
        if len(faits) == 2:
            raise RuntimeError("killed")
        entier(lignes, jour)

    monkeypatch.setattr(recapitulatif, "noter_dits", mourir)
    with pytest.raises(RuntimeError):
        recapituler(sources)
    assert len(courriers()) == 10
    assert recapituler(sources) == 15
    assert sorted(c.destinataire_id or 0 for c in courriers()) == qui


def test_ce_qu_aucun_serveur_n_a_pris_se_dit_avec_la_suite_si_c_est_encore_vrai(
    chaque_base: str, horloge_a: Regler
) -> None:
    """A server away for days does not end in as many digests, nor in lines that hold no more."""
    qui, tente = une_personne().id, une_personne().id
    horloge_a(MATIN)
    recapituler([source(un_rappel(qui), un_rappel(qui, "e-2"), un_rappel(tente))])
    with transaction():
        essaye = update(Courrier).where(Courrier.destinataire_id == tente)
        db.session.execute(essaye.values(essais=1))
    horloge_a("2026-06-11T07:30:00+02:00")
    recapituler([source(un_rappel(qui, "e-2"), un_rappel(qui, "e-3"), un_rappel(tente))])
    premier, dernier = courriers()
    assert (premier.destinataire_id, premier.evenement) == (tente, "recapitulatif-2026-06-10")
    assert (dernier.destinataire_id, dernier.evenement) == (qui, "recapitulatif-2026-06-11")
    assert "Texte de e-1." not in dernier.corps
    assert "Texte de e-2." in dernier.corps and "Texte de e-3." in dernier.corps
    assert dits() == {("e-1", tente), ("e-2", qui), ("e-3", qui)}


def test_ce_qu_un_serveur_a_refuse_se_redit_tant_que_c_est_vrai_et_le_refus_reste(
    chaque_base: str, horloge_a: Regler
) -> None:
    qui, autre = une_personne().id, une_personne().id
    dus = [un_rappel(qui), un_rappel(qui, "e-2"), un_rappel(autre)]
    horloge_a(MATIN)
    recapituler([source(*dus)])
    with transaction():
        refuse = update(Courrier).where(Courrier.destinataire_id == qui)
        db.session.execute(
            refuse.values(etat=EtatCourrier.ABANDONNE, refuse_le=datetime(2026, 6, 10, tzinfo=PARIS))
        )
        db.session.execute(
            update(Courrier).where(Courrier.destinataire_id == autre).values(etat=EtatCourrier.ENVOYE)
        )
    horloge_a("2026-06-11T07:30:00+02:00")
    assert recapituler([source(*dus[1:])]) == 1
    *_, dernier = courriers()
    assert (dernier.destinataire_id, dernier.evenement) == (qui, "recapitulatif-2026-06-11")
    assert "Texte de e-2." in dernier.corps and "Texte de e-1." not in dernier.corps
    assert refus_de(qui), "the address is still known to be wrong"
    with transaction():
        db.session.execute(update(Courrier).where(Courrier.id == dernier.id).values(etat=EtatCourrier.ENVOYE))
    horloge_a("2026-06-12T07:30:00+02:00")
    assert recapituler([source(*dus[1:])]) == 0


def test_deux_processus_a_la_fois(chaque_base: str, app: Flask, horloge_a: Regler) -> None:
    """One sees a line that the other does not: it waits for tomorrow, it is not lost."""
    horloge_a(MATIN)
    qui = [une_personne().id for _ in range(12)]
    db.session.rollback()
    depart = threading.Barrier(4)

    def travailler(rang: int) -> None:
        with app.app_context():
            depart.wait()
            recapituler([source(*(un_rappel(i, f"e-{n}") for i in qui for n in range(1, rang + 2)))])

    fils = [threading.Thread(target=travailler, args=(rang,)) for rang in range(4)]
    for fil in fils:
        fil.start()
    for fil in fils:
        fil.join()
    assert sorted(c.destinataire_id or 0 for c in courriers()) == qui
    for courrier in courriers():
        annonces = {f"e-{n}" for n in range(1, 5) if f"Texte de e-{n}." in courrier.corps}
        assert {e for e, i in dits() if i == courrier.destinataire_id} == annonces


def test_autant_de_requetes_par_lot_quoi_qu_il_y_ait_a_dire(horloge_a: Regler) -> None:
    horloge_a(MATIN)
    qui = [une_personne().id for _ in range(30)]
    db.session.rollback()
    with ecritures() as vues:
        recapituler([source(*(un_rappel(i, f"e-{n}") for i in qui for n in range(20)))])
    assert len(vues.transactions) == 4 and vues.plus_longue <= 10 and vues.plus_large <= 100
    assert len(vues.lectures) <= 3


def test_l_heure_reculee_ne_le_redit_pas(horloge_a: Regler) -> None:
    qui = une_personne().id
    horloge_a("2026-06-11T08:00:00+02:00")
    recapituler([source(un_rappel(qui))])
    envoyer(None)
    horloge_a("2026-06-10T08:00:00+02:00")
    recapituler([source(un_rappel(qui))])
    assert len(courriers()) == 1


def test_ce_que_l_on_oublie(horloge_a: Regler) -> None:
    qui = une_personne().id
    horloge_a(MATIN)
    recapituler([source(un_rappel(qui))])
    for jours, reste in ((30, 1), (32, 0)):
        horloge_a(f"{date(2026, 6, 10) + timedelta(days=jours)}T07:31:00+02:00")
        recapitulatif.oublier()
        assert len(courriers()) == reste
    for jour, reste in (("2027-06-11", 1), ("2027-06-12", 0)):
        horloge_a(f"{jour}T12:00:00+02:00")
        rappels.oublier()
        assert len(dits()) == reste


def test_deux_personnes_reunies_n_entendent_rien_deux_fois(horloge_a: Regler) -> None:
    un, autre = une_personne().id, une_personne().id
    rappels.choisir(un, [])
    rappels.choisir(autre, [SorteDeRappel.DROITS])
    with transaction():
        rappels.noter_dits([un_rappel(un), un_rappel(un, "e-2"), un_rappel(autre)], date(2026, 6, 10))
        rappels.reunir(un, autre)
        db.session.execute(update(RappelDit).values(individu_id=autre))
    assert dits() == {("e-1", autre), ("e-2", autre)}
    assert rappels.voulus(un) == set(SorteDeRappel) and rappels.voulus(autre) == {SorteDeRappel.DROITS}


def test_une_personne_effacee_ne_laisse_rien() -> None:
    qui = une_personne().id
    rappels.choisir(qui, [])
    with transaction():
        rappels.noter_dits([un_rappel(qui)], date(2026, 6, 10))
        rappels.oublier_la_personne(qui)
    assert dits() == set() and rappels.voulus(qui) == set(SorteDeRappel)
    assert db.session.scalar(select(func.count()).select_from(Individu)) == 1
