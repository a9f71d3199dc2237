"""R5's table through the actions: for each state and move, who makes it, what it leaves, who is refused."""

from datetime import date, timedelta

import pytest

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus
from certif.domaine.sessions.etats import MOUVEMENTS, Action, Etat, generation_deja_demandee, mouvement
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.horloge import aujourd_hui, maintenant
from tests.support.factories import une_proposition, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import COMMENTAIRE, GESTES, Troupe, agir, etat, existe, lignes, lire, porter_a

ETATS = tuple(Etat)
ENTITE_ET_FORMATEUR = ("gestionnaire", "delegataire", "formateur")
PERSONNES = (*ENTITE_ET_FORMATEUR, "collegue", "remplacant", "etranger", "administrateur")


def une_session_de_camille(troupe: Troupe, etat_: Etat, action: Action, date_fin: date | None = None) -> int:
    """Declared by the délégataire, so that their colleague must not see it."""
    suite = etat_ in (Etat.GENERATION, Etat.GENERE)
    echouent = action is Action.CLORE_SANS_CERTIFICAT
    numero = une_session(
        troupe.marose,
        Etat.VALIDATION_ENTITE if suite else etat_,
        reussites=0 if echouent else 2,
        echecs=2 if echouent else 0,
        declarant=troupe.delegataire,
        date_fin=date_fin or aujourd_hui(),
    )
    if action is Action.ACCEPTER_CORRECTIONS:
        une_proposition(numero)
    if suite:
        genere = maintenant() if etat_ is Etat.GENERE else None
        porter_a(numero, etat=etat_, generation_demandee_le=maintenant(), genere_le=genere)
    return numero


def voit(nom: str, etat_: Etat) -> bool:
    return nom in ("gestionnaire", "delegataire") or (nom == "formateur" and etat_ is not Etat.SAISIE)


@pytest.mark.parametrize("action", GESTES, ids=str)
@pytest.mark.parametrize("etat_", ETATS, ids=str)
def test_qui_peut_quoi_et_ce_qui_en_reste(troupe: Troupe, etat_: Etat, action: Action) -> None:
    pas = mouvement(etat_, action)
    numero = une_session_de_camille(troupe, etat_, action)
    if action is Action.GENERER and generation_deja_demandee(etat_):
        # "Générer" repeated always succeeds, and does nothing.
        avant = empreinte_de_la_base()
        agir(action, troupe.gestionnaire, numero)
        agir(action, troupe.delegataire, numero)
        assert empreinte_de_la_base() == avant
        return
    autorises = {nom for nom in PERSONNES if voit(nom, etat_) and pas and role(troupe, nom) in pas.qui}
    avant = empreinte_de_la_base()
    for nom in set(PERSONNES) - autorises:
        with pytest.raises((ActionImpossible, Introuvable)) as refus:
            agir(action, personne(troupe, nom), numero)
        if not voit(nom, etat_):
            assert refus.type is Introuvable, f"{nom} learns that the session exists"
    assert empreinte_de_la_base() == avant, "a refused move changed something"
    for rang, nom in enumerate(sorted(autorises)):
        # Another F each time: the same people are not certified twice for the same one.
        verifier_le_mouvement(troupe, nom, etat_, action, aujourd_hui() - timedelta(days=rang))


@pytest.mark.postgres
def test_tous_les_mouvements_sur_postgresql(troupe: Troupe) -> None:
    for rang, pas in enumerate(m for m in MOUVEMENTS if m.action in GESTES):
        nom = next(nom for nom in ENTITE_ET_FORMATEUR if role(troupe, nom) in pas.qui)
        verifier_le_mouvement(troupe, nom, pas.de, pas.action, aujourd_hui() - timedelta(days=rang))


def verifier_le_mouvement(troupe: Troupe, nom: str, de: Etat | None, action: Action, date_fin: date) -> None:
    assert de is not None
    numero = une_session_de_camille(troupe, de, action, date_fin)
    acteur, depuis = personne(troupe, nom), version(numero)
    deja = len(lignes(numero))
    pas = mouvement(de, action)
    agir(action, acteur, numero)
    assert pas is not None
    if pas.vers is None:
        assert not existe(numero)
        return
    assert etat(numero) is pas.vers
    assert version(numero) == depuis + 1
    (ligne,) = lignes(numero)[deja:]
    assert (ligne.action, ligne.de, ligne.vers, ligne.version_avant) == (action.value, de, pas.vers, depuis)
    assert (ligne.acteur_id, ligne.role) == (acteur.individu_id, acteur.role.value)
    assert ligne.commentaire == (COMMENTAIRE if action is Action.RETOUR_COMMENTE else None)
    assert lire(numero).dernier_intervenant_id == acteur.individu_id
    if pas.vers is Etat.SAISIE:  # every way back erases the results (R5)
        assert {s.resultat for s in lire(numero).stagiaires} == {None}


def personne(troupe: Troupe, nom: str) -> Acteur:
    acteur: Acteur = getattr(troupe, nom)
    return acteur


def role(troupe: Troupe, nom: str) -> str:
    return personne(troupe, nom).role.value


def test_une_session_qui_n_existe_pas(troupe: Troupe) -> None:
    sans_reponses = set(GESTES) - {Action.ENREGISTRER_RESULTATS, Action.ENVOYER_RESULTATS}
    for action in sans_reponses:
        for numero in (0, -1, 404):
            for nom in PERSONNES:
                with pytest.raises(Introuvable):
                    GESTES[action](personne(troupe, nom), numero, 1)


def test_clore_n_est_possible_que_sans_reussite(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, reussites=1, echecs=2)
    with pytest.raises(Refus, match="réussite"):
        agir(Action.CLORE_SANS_CERTIFICAT, troupe.gestionnaire, numero)
    assert [s.resultat for s in lire(numero).stagiaires_saisis] == [Resultat.REUSSITE, *[Resultat.ECHEC] * 2]
