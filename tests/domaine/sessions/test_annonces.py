"""Which move writes which mail, to whom; none twice, none that names a trainee."""

from datetime import date
from typing import Any

import pytest
from sqlalchemy import select, update

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import ActionImpossible, Introuvable
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.sessions.actions import soumission
from certif.domaine.sessions.courriers.faits import echeance_de_l_entite, faits_de
from certif.domaine.sessions.etats import Action, Etat
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from tests.support.factories import un_acteur, une_session
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import GESTES, Troupe, agir, courriers, declarer, lire

MAROSE = "MAROSE FORMATION – session n°"


def ecrits(depuis: int = 0) -> list[tuple[int | None, str]]:
    """Recipient and subject of each mail written after the first `depuis`, without the number."""
    return [(c.destinataire_id, sans_numero(c.sujet, c.session_numero)) for c in courriers()[depuis:]]


def sans_numero(sujet: str, numero: int | None) -> str:
    return sujet.replace(f"n°{numero}", "n°") if numero else sujet


@pytest.mark.parametrize(
    ("depuis", "action", "attendu"),
    [
        (Etat.SAISIE, Action.ENREGISTRER, None),
        (Etat.SAISIE, Action.SOUMETTRE_AU_FORMATEUR, ("formateur", f"{MAROSE} : résultats à renseigner")),
        (Etat.VALIDATION_FORMATEUR, Action.ENREGISTRER_RESULTATS, None),
        (
            Etat.VALIDATION_FORMATEUR,
            Action.ENVOYER_RESULTATS,
            ("delegataire", "Session n° : résultats reçus, certificats à générer"),
        ),
        (
            Etat.VALIDATION_FORMATEUR,
            Action.RETOUR_COMMENTE,
            ("delegataire", "Session n° : retour du formateur, saisie à corriger"),
        ),
        (
            Etat.VALIDATION_FORMATEUR,
            Action.PAS_MA_SESSION,
            ("delegataire", "Session n° : retour du formateur, saisie à corriger"),
        ),
        (
            Etat.VALIDATION_FORMATEUR,
            Action.REPRENDRE_SAISIE,
            ("formateur", f"{MAROSE} : vous n’êtes plus le formateur déclaré"),
        ),
        (Etat.VALIDATION_ENTITE, Action.MODIFIER_SAISIE, None),
        (Etat.VALIDATION_ENTITE, Action.GENERER, None),
    ],
)
def test_qui_recoit_quoi(
    troupe: Troupe, depuis: Etat, action: Action, attendu: tuple[str, str] | None
) -> None:
    numero = une_session(troupe.marose, depuis, declarant=troupe.delegataire)
    vue = lire(numero).version
    de_l_entite = action in {
        Action.ENREGISTRER,
        Action.SOUMETTRE_AU_FORMATEUR,
        Action.REPRENDRE_SAISIE,
        Action.MODIFIER_SAISIE,
        Action.GENERER,
    }
    acteur = troupe.gestionnaire if de_l_entite else troupe.formateur
    for _ in range(2):
        GESTES[action](acteur, numero, vue)
    normalises = [(qui, sujet.replace("\u00a0", " ").replace("  ", " ")) for qui, sujet in ecrits()]
    if attendu is None:
        assert normalises == []
    else:
        assert normalises == [(getattr(troupe, attendu[0]).individu_id, attendu[1])]


@pytest.mark.parametrize("action", [Action.RETOUR_COMMENTE, Action.PAS_MA_SESSION, Action.ENVOYER_RESULTATS])
@pytest.mark.parametrize("depart", ["role fini", "role retire", "compte desactive"])
def test_le_declarant_parti_les_gestionnaires_sont_prevenus(
    troupe: Troupe, action: Action, depart: str
) -> None:
    """The session must not wait for someone who will never read the mail (R17)."""
    second = un_acteur(TypeRole.GESTIONNAIRE, troupe.marose.entite_id)
    un_acteur(TypeRole.DELEGATAIRE, troupe.marose.entite_id)
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, declarant=troupe.delegataire)
    with transaction():
        parti = troupe.delegataire.individu_id
        role = db.session.scalars(select(Role).filter_by(individu_id=parti)).one()
        if depart == "role fini":
            role.fin_le = date(2026, 6, 9)
        elif depart == "role retire":
            role.actif = False
        else:
            db.session.get_one(Individu, parti).actif = False
    agir(action, troupe.formateur, numero)
    assert [qui for qui, _ in ecrits()] == [troupe.gestionnaire.individu_id, second.individu_id]


def test_le_dernier_jour_d_un_role_compte_encore(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, declarant=troupe.delegataire)
    with transaction():
        individu_id = troupe.delegataire.individu_id
        db.session.execute(update(Role).filter_by(individu_id=individu_id).values(fin_le=date(2026, 6, 10)))
    agir(Action.RETOUR_COMMENTE, troupe.formateur, numero)
    assert [qui for qui, _ in ecrits()] == [troupe.delegataire.individu_id]


def test_le_jour_ou_generer_sera_possible(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, date_fin=date(2026, 6, 20))
    agir(Action.ENVOYER_RESULTATS, troupe.formateur, numero)
    assert courriers()[0].sujet.endswith("certificats à générer (à partir du 20/06/2026)")


def test_soumise_de_nouveau_elle_est_a_confirmer(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.VALIDATION_ENTITE)
    agir(Action.MODIFIER_SAISIE, troupe.gestionnaire, numero)
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    ((qui, sujet),) = ecrits()
    assert qui == troupe.formateur.individu_id
    assert sujet.endswith("corrigée, résultats à confirmer")


def test_un_nouveau_formateur_n_a_rien_a_confirmer(troupe: Troupe) -> None:
    """For them it is the first time, whoever had the session before."""
    for rendre in (Action.REPRENDRE_SAISIE, Action.PAS_MA_SESSION):
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        agir(rendre, troupe.formateur if rendre is Action.PAS_MA_SESSION else troupe.gestionnaire, numero)
        declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
        qui, sujet = ecrits()[-1]
        assert qui == troupe.remplacant.individu_id
        assert sujet.endswith("résultats à renseigner")


def test_un_formateur_remplace_l_apprend_une_fois(troupe: Troupe) -> None:
    for rendre, qui in (
        (Action.MODIFIER_SAISIE, troupe.gestionnaire),
        (Action.RETOUR_COMMENTE, troupe.formateur),
        (Action.REPRENDRE_SAISIE, troupe.gestionnaire),
    ):
        depuis = Etat.VALIDATION_ENTITE if rendre is Action.MODIFIER_SAISIE else Etat.VALIDATION_FORMATEUR
        numero, deja = une_session(troupe.marose, depuis), len(courriers())
        agir(rendre, qui, numero)
        declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
        au_formateur = [sujet for a, sujet in ecrits(deja) if a == troupe.formateur.individu_id]
        assert len(au_formateur) == 1 and au_formateur[0].endswith("vous n’êtes plus le formateur déclaré")
        assert troupe.remplacant.individu_id not in [a for a, _ in ecrits(deja)]


class TestSuppression:
    def test_le_formateur_qui_l_avait_est_prevenu(self, troupe: Troupe) -> None:
        for etat in (Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE):
            numero = une_session(troupe.marose, etat)
            agir(Action.SUPPRIMER, troupe.gestionnaire, numero)
            dernier = courriers()[-1]
            assert dernier.destinataire_id == troupe.formateur.individu_id
            assert dernier.sujet.endswith(f"session n°{numero}\u00a0: supprimée")
            assert dernier.session_numero is None, "it would be erased with the session"

    def test_un_brouillon_ne_previent_personne(self, troupe: Troupe) -> None:
        agir(Action.SUPPRIMER, troupe.gestionnaire, une_session(troupe.marose, Etat.SAISIE))
        assert ecrits() == []

    def test_un_remplacant_qui_ne_l_a_jamais_eue_n_en_sait_rien(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)
        declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
        agir(Action.SUPPRIMER, troupe.gestionnaire, numero)
        assert troupe.remplacant.individu_id not in [qui for qui, _ in ecrits()]

    def test_les_courriers_de_la_session_partent_avec_elle(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.SAISIE)
        agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
        agir(Action.SUPPRIMER, troupe.gestionnaire, numero)
        ((_, sujet),) = ecrits()
        assert sujet.endswith("supprimée")


class TestRelance:
    def test_une_fois_par_jour(self, troupe: Troupe, horloge_a: Any) -> None:
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, declarant=troupe.delegataire)
        for acteur in (troupe.delegataire, troupe.gestionnaire, troupe.delegataire):
            soumission.relancer_le_formateur(acteur, numero)
        assert [sujet.rpartition(": ")[2] for _, sujet in ecrits()] == ["rappel, résultats attendus"]
        horloge_a("2026-06-11T00:00:00+02:00")
        soumission.relancer_le_formateur(troupe.delegataire, numero)
        assert len(ecrits()) == 2

    def test_la_session_ne_change_pas(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        avant = (lire(numero).version, lire(numero).modifiee_le)
        soumission.relancer_le_formateur(troupe.gestionnaire, numero)
        assert (lire(numero).version, lire(numero).modifiee_le) == avant

    def test_ce_qui_n_est_pas_chez_le_formateur(self, troupe: Troupe) -> None:
        for etat in (Etat.SAISIE, Etat.VALIDATION_ENTITE):
            with pytest.raises(ActionImpossible):
                soumission.relancer_le_formateur(troupe.gestionnaire, une_session(troupe.marose, etat))
        assert ecrits() == []

    def test_qui_ne_la_voit_pas(self, troupe: Troupe) -> None:
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        avant = empreinte_de_la_base()
        for acteur in (troupe.delegataire, troupe.etranger, troupe.remplacant, troupe.administrateur):
            with pytest.raises(Introuvable):
                soumission.relancer_le_formateur(acteur, numero)
        with pytest.raises(ActionImpossible):
            soumission.relancer_le_formateur(troupe.formateur, numero)
        assert empreinte_de_la_base() == avant

    def test_une_entite_suspendue_ne_relance_pas(self, troupe: Troupe) -> None:
        """R17: reading and downloading only."""
        numero = une_session(troupe.marose, Etat.VALIDATION_FORMATEUR)
        with transaction():
            db.session.get_one(Entite, troupe.marose.entite_id).suspendue_le = date(2026, 6, 1)
        with pytest.raises(ActionImpossible, match="suspendue"):
            soumission.relancer_le_formateur(troupe.gestionnaire, numero)
        assert ecrits() == []


def test_aucun_courrier_ne_nomme_un_stagiaire(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    for action, acteur in (
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire),
        (Action.RETOUR_COMMENTE, troupe.formateur),
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire),
        (Action.REPRENDRE_SAISIE, troupe.gestionnaire),
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire),
        (Action.ENVOYER_RESULTATS, troupe.formateur),
    ):
        agir(action, acteur, numero)
    noms = {s.nom for s in lire(numero).stagiaires} | {s.nom.upper() for s in lire(numero).stagiaires}
    textes = [f"{c.sujet} {c.corps}" for c in courriers()]
    assert len(textes) == 6
    assert not [texte for texte in textes if any(nom in texte for nom in noms)]
    assert all(f"/sessions/{numero}" in t or "/formateur/sessions/a-traiter" in t for t in textes)


def test_chaque_courrier_porte_les_faits(troupe: Troupe) -> None:
    """Certificat, date, place, number of trainees, who asks, until when."""
    numero = une_session(troupe.marose, Etat.SAISIE, reussites=3)
    communs = ["Certificat : SST-1", "Date de fin de session : 10/06/2026"]
    communs += ["Lieu de formation : 26800 ETOILE SUR RHONE", "Stagiaires : 3"]
    demande = "Demandée par : Karine PARIS, MAROSE FORMATION"
    entite = ["Formateur : Stéphanie RIVIÈRE", "Déclarée par : Karine PARIS"]
    attendus = "Résultats attendus avant le : 10/07/2026"
    fin = "Sans certificats générés, supprimée le : 10/12/2026"
    for action, acteur, lignes in (
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, [*communs, demande, attendus]),
        (Action.RETOUR_COMMENTE, troupe.formateur, [*communs, *entite, fin]),
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, [*communs, demande, attendus]),
        (Action.REPRENDRE_SAISIE, troupe.gestionnaire, [*communs, demande]),
        (Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, [*communs, demande, attendus]),
        (Action.ENVOYER_RESULTATS, troupe.formateur, [*communs, *entite, fin]),
        (Action.SUPPRIMER, troupe.gestionnaire, [*communs, demande]),
    ):
        agir(action, acteur, numero)
        corps = courriers()[-1].corps.replace("\u00a0", " ")
        assert [ligne[2:] for ligne in corps.splitlines() if ligne.startswith("• ")] == lignes, action


def test_ce_que_la_session_n_a_pas_encore_n_est_pas_dit(troupe: Troupe) -> None:
    numero = une_session(
        troupe.marose, Etat.SAISIE, stagiaires=[], certificat_id=None, formateur_id=None, code_postal=None,
        ville=None, date_fin=None, declarant=troupe.delegataire
    )  # fmt: skip
    lignes = faits_de(lire(numero)).pour_l_entite(echeance_de_l_entite(lire(numero)))
    assert [ligne.replace("\u00a0", " ") for ligne in lignes] == [
        "Déclarée par : Camille TESSIER",
        "Sans certificats générés, supprimée le : 10/12/2026",
    ]


def test_une_raison_sociale_tres_longue_n_empeche_pas_d_ecrire(chaque_base: str, troupe: Troupe) -> None:
    with transaction():
        db.session.get_one(Entite, troupe.marose.entite_id).raison_sociale = "Formation " * 16
    numero = une_session(troupe.marose, Etat.SAISIE)
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)
    sujets = [c.sujet for c in courriers()]
    assert len(sujets) == 2
    assert all(s.startswith("Formation ") and f"n°{numero}" in s and len(s) <= 200 for s in sujets)


def test_une_personne_sans_adresse_n_en_recoit_pas(troupe: Troupe) -> None:
    with transaction():
        sans_adresse = update(Individu).where(Individu.id == troupe.formateur.individu_id).values(email=None)
        db.session.execute(sans_adresse)
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, une_session(troupe.marose, Etat.SAISIE))
    assert ecrits() == []
