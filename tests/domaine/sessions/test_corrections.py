"""R5: the formateur proposes, the entité accepts without another round, or opens the saisie again."""

from dataclasses import replace
from datetime import date
from typing import Any

import pytest
from sqlalchemy import select

from certif.domaine.certificats.obstacles import obstacles
from certif.domaine.erreurs import ActionImpossible, Introuvable, Refus, SaisieInvalide, VersionPerimee
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Individu
from certif.domaine.sessions.actions.corrections import Applique, accepter_corrections, appliquer
from certif.domaine.sessions.actions.resultats import (
    enregistrer_resultats,
    envoyer_resultats,
    reprendre_reponses,
)
from certif.domaine.sessions.actions.stagiaires import (
    ajouter_stagiaire,
    identite_saisie,
    modifier_stagiaire,
    retirer_stagiaire,
)
from certif.domaine.sessions.chronologie import changements_depuis, chronologie
from certif.domaine.sessions.etats import Action, Etat
from certif.domaine.sessions.modeles_recherche import MotStagiaire
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.valeurs import Resultat
from certif.socle.base.extensions import db
from tests.support.factories import un_stagiaire, une_proposition, une_session, version
from tests.support.invariants import empreinte_de_la_base
from tests.support.moves import Troupe, agir, courriers, declarer, etat, lignes, lire, reponses


@pytest.fixture
def numero(troupe: Troupe) -> int:
    groupe = [un_stagiaire("Bernard"), un_stagiaire("Petit"), un_stagiaire("Roux")]
    return une_session(troupe.marose, Etat.VALIDATION_FORMATEUR, stagiaires=groupe)


def ids(numero: int) -> list[int]:
    return [s.id for s in lire(numero).stagiaires]


def noms(numero: int) -> list[str]:
    return [s.nom for s in lire(numero).stagiaires_saisis]


def attendues(numero: int) -> list[tuple[str, str]]:
    return [(p.champ, p.valeur) for p in en_attente(lire(numero))]


def proposer(troupe: Troupe, numero: int, rang: int = 0, **valeurs: Any) -> dict[str, list[str]]:
    qui = lire(numero).stagiaires[rang]
    saisie = replace(identite_saisie(qui), **valeurs)
    return enregistrer_resultats(troupe.formateur, numero, version(numero), {}, {qui.id: saisie})


def envoyer(troupe: Troupe, numero: int) -> None:
    envoyer_resultats(troupe.formateur, numero, version(numero), reponses(numero))


def test_une_correction_se_garde_se_change_et_se_retire(troupe: Troupe, numero: int) -> None:
    assert proposer(troupe, numero, nom="Bernarde", prenom="Ève") == {}
    assert sorted(attendues(numero)) == [("nom", "Bernarde"), ("prenom", "Ève")]
    proposer(troupe, numero, nom="Bernardo")
    assert attendues(numero) == [("nom", "Bernardo")]
    proposer(troupe, numero)
    assert attendues(numero) == [] and noms(numero) == ["Bernard", "Petit", "Roux"]


def test_ce_qui_est_refuse_laisse_ce_qui_etait_propose(troupe: Troupe, numero: int) -> None:
    premier = ids(numero)[0]
    proposer(troupe, numero, nom="Bernarde")
    assert proposer(troupe, numero, nom="李", date_naissance="31/02/1990").keys() == {
        f"nom-{premier}",
        f"date_naissance-{premier}",
    }
    assert attendues(numero) == [("nom", "Bernarde")]


def test_deux_corrections_ne_font_pas_une_meme_personne(troupe: Troupe, numero: int) -> None:
    proposer(troupe, numero, nom="Commun")
    second = ids(numero)[1]
    assert proposer(troupe, numero, rang=1, nom="COMMUN").keys() == {f"nom-{second}"}
    # Two noms that were exchanged are put right together, or in turn.
    proposer(troupe, numero, nom="Petite")
    assert proposer(troupe, numero, rang=1, nom="Bernard") == {}
    assert proposer(troupe, numero, nom="Petit") == {}
    envoyer(troupe, numero)
    agir(Action.ACCEPTER_CORRECTIONS, troupe.gestionnaire, numero)
    assert noms(numero) == ["Petit", "Bernard", "Roux"]


def test_un_envoi_avec_une_correction_fausse_ne_change_rien(troupe: Troupe, numero: int) -> None:
    premier = ids(numero)[0]
    saisie = replace(identite_saisie(lire(numero).stagiaires[0]), nom="")
    avant = empreinte_de_la_base()
    with pytest.raises(SaisieInvalide) as refus:
        envoyer_resultats(troupe.formateur, numero, version(numero), reponses(numero), {premier: saisie})
    assert refus.value.champs.keys() == {f"nom-{premier}"}
    assert empreinte_de_la_base() == avant


def test_une_correction_pour_quelqu_un_d_ailleurs(troupe: Troupe, numero: int) -> None:
    ailleurs = une_session(troupe.guy, Etat.VALIDATION_FORMATEUR)
    etranger = ids(ailleurs)[0]
    saisie = identite_saisie(lire(ailleurs).stagiaires[0])
    with pytest.raises(Introuvable):
        enregistrer_resultats(troupe.formateur, numero, version(numero), {}, {etranger: saisie})


def test_le_meme_clic_redit_ses_refus_et_n_ecrit_rien(troupe: Troupe, numero: int) -> None:
    vue = version(numero)
    qui = lire(numero).stagiaires[0]
    saisie = {qui.id: replace(identite_saisie(qui), nom="")}
    premiers = enregistrer_resultats(troupe.formateur, numero, vue, {}, saisie)
    proposer(troupe, numero, nom="Bernarde")
    avant = empreinte_de_la_base()
    assert enregistrer_resultats(troupe.formateur, numero, vue, {}, saisie) == premiers
    assert empreinte_de_la_base() == avant


def test_acceptees_sans_un_autre_tour(troupe: Troupe, numero: int) -> None:
    proposer(troupe, numero, nom="De La Tour", date_naissance="15/02/1991")
    envoyer(troupe, numero)
    assert noms(numero)[0] == "Bernard", "nothing is corrected before it is accepted"
    with pytest.raises(Refus, match="2 corrections"):
        agir(Action.GENERER, troupe.gestionnaire, numero)
    accepter_corrections(troupe.gestionnaire, numero, version(numero))
    session_certif = lire(numero)
    assert session_certif.etat is Etat.VALIDATION_ENTITE and not en_attente(session_certif)
    corrige = session_certif.stagiaires_saisis[0]
    assert (corrige.nom, corrige.cle_nom, corrige.date_naissance) == (
        "De La Tour",
        "delatour",
        date(1991, 2, 15),
    )
    assert corrige.resultat is Resultat.REUSSITE
    mots = db.session.scalars(select(MotStagiaire.mot).filter_by(stagiaire_id=corrige.id)).all()
    assert sorted(mots) == ["delatour", "latour", "tour"], "the search follows the name"
    assert not obstacles(session_certif)


def test_la_chronologie_dit_combien_et_jamais_quoi(troupe: Troupe, numero: int) -> None:
    proposer(troupe, numero, nom="Bernarde")
    envoyer(troupe, numero)
    agir(Action.ACCEPTER_CORRECTIONS, troupe.gestionnaire, numero)
    envoi, accord = lignes(numero)[-2:]
    assert (envoi.action, envoi.detail) == ("envoyer_resultats", "1\u00a0correction proposée")
    assert (accord.action, accord.acteur_id) == ("accepter_corrections", troupe.gestionnaire.individu_id)
    assert not any("ernard" in ligne.detail for ligne in lignes(numero))
    dernier = courriers()[-1]
    assert "corriger" in dernier.corps and "ernard" not in dernier.corps


def test_deux_collegues_acceptent_la_meme_page(troupe: Troupe, numero: int) -> None:
    proposer(troupe, numero, nom="Bernarde")
    envoyer(troupe, numero)
    vue = version(numero)
    accepter_corrections(troupe.gestionnaire, numero, vue)
    avant = empreinte_de_la_base()
    accepter_corrections(troupe.gestionnaire, numero, vue)
    assert empreinte_de_la_base() == avant
    with pytest.raises(ActionImpossible, match="aucune correction"):
        accepter_corrections(troupe.gestionnaire, numero, vue + 1)


def test_accepter_ce_qui_n_est_plus_ce_qu_on_a_lu(troupe: Troupe, numero: int) -> None:
    proposer(troupe, numero, nom="Bernarde")
    envoyer(troupe, numero)
    vue = version(numero)
    agir(Action.MODIFIER_SAISIE, troupe.gestionnaire, numero)
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    proposer(troupe, numero, nom="Bernardo")
    envoyer(troupe, numero)
    with pytest.raises(VersionPerimee) as refus:
        accepter_corrections(troupe.gestionnaire, numero, vue)
    assert len(refus.value.changements) == 4
    assert noms(numero)[0] == "Bernard"


def test_r12_vaut_encore_a_l_acceptation(troupe: Troupe, numero: int) -> None:
    envoyer(troupe, numero)
    une_proposition(numero, valeur="PETIT")
    avant = empreinte_de_la_base()
    with pytest.raises(Refus, match="PETIT Hélène"):
        accepter_corrections(troupe.gestionnaire, numero, version(numero))
    assert empreinte_de_la_base() == avant


def test_refuser_c_est_rouvrir_la_saisie(troupe: Troupe, numero: int) -> None:
    proposer(troupe, numero, nom="Bernarde")
    proposer(troupe, numero, rang=1, nom="Petite")
    envoyer(troupe, numero)
    agir(Action.MODIFIER_SAISIE, troupe.gestionnaire, numero)
    assert attendues(numero) == [("nom", "Bernarde"), ("nom", "Petite")], "still readable in saisie"
    seconde = en_attente(lire(numero))[1].id
    assert appliquer(troupe.gestionnaire, numero, version(numero), seconde) is not None
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    assert attendues(numero) == [], "what the entité left is refused"
    reprendre_reponses(troupe.formateur, numero, version(numero))
    repondus = [(s.nom, s.resultat) for s in lire(numero).stagiaires]
    assert repondus == [("Bernard", Resultat.REUSSITE), ("Petite", None), ("Roux", Resultat.REUSSITE)]


def test_un_brouillon_de_correction_part_avec_la_session_reprise(troupe: Troupe, numero: int) -> None:
    proposer(troupe, numero, nom="Bernarde")
    agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)
    assert etat(numero) is Etat.SAISIE and attendues(numero) == []


def test_il_se_reprend_avec_les_reponses_et_cede_a_ce_qui_est_saisi_depuis(troupe: Troupe) -> None:
    numero = une_session(
        troupe.marose, Etat.SAISIE, stagiaires=[un_stagiaire("Bernard"), un_stagiaire("Petit")]
    )
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    proposer(troupe, numero, nom="Bernarde", date_naissance="15/02/1991")
    proposer(troupe, numero, rang=1, nom="Petite")
    agir(Action.REPRENDRE_SAISIE, troupe.gestionnaire, numero)
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    assert attendues(numero) == []
    proposer(troupe, numero, rang=1, nom="Petiot")
    reprendre_reponses(troupe.formateur, numero, version(numero))
    assert sorted(attendues(numero)) == [
        ("date_naissance", "1991-02-15"),
        ("nom", "Bernarde"),
        ("nom", "Petiot"),
    ]


def test_appliquee_puis_retablie(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    demandee = une_proposition(numero, valeur="Lefebvre")
    vue, avant = version(numero), identite_saisie(lire(numero).stagiaires[0])
    fait = appliquer(troupe.gestionnaire, numero, vue, demandee)
    assert isinstance(fait, Applique) and fait.corrige and fait.avant == avant
    assert attendues(numero) == [] and lire(numero).stagiaires[0].nom == "Lefebvre"
    appliquer(troupe.gestionnaire, numero, vue, demandee)
    assert version(numero) == vue + 1, "the same click twice does it once"
    modifier_stagiaire(troupe.gestionnaire, numero, version(numero), fait.corrige, fait.avant)
    assert attendues(numero) == [("nom", "Lefebvre")]


def test_un_stagiaire_retire_puis_retabli_garde_ce_qui_est_propose(troupe: Troupe) -> None:
    numero = une_session(troupe.marose, Etat.SAISIE)
    une_proposition(numero, valeur="Lefebvre")
    premier = ids(numero)[0]
    retire = retirer_stagiaire(troupe.gestionnaire, numero, version(numero), premier)
    assert retire is not None and attendues(numero) == []
    ajouter_stagiaire(troupe.gestionnaire, numero, version(numero), retire)
    assert attendues(numero) == [("nom", "Lefebvre")]


def test_appliquer_ce_qui_n_est_pas_d_ici(troupe: Troupe) -> None:
    numero, ailleurs = une_session(troupe.marose, Etat.SAISIE), une_session(troupe.guy, Etat.SAISIE)
    d_ailleurs = une_proposition(ailleurs)
    for acteur, ou in (
        (troupe.gestionnaire, numero),
        (troupe.gestionnaire, ailleurs),
        (troupe.formateur, numero),
    ):
        with pytest.raises(Introuvable):
            appliquer(acteur, ou, version(ou), d_ailleurs)


def test_la_chronologie_dit_de_qui_viennent_les_corrections_meme_remplace(
    troupe: Troupe, numero: int
) -> None:
    proposer(troupe, numero, nom="Bernarde")
    envoyer(troupe, numero)
    avant = version(numero)
    agir(Action.ACCEPTER_CORRECTIONS, troupe.gestionnaire, numero)
    agir(Action.MODIFIER_SAISIE, troupe.gestionnaire, numero)
    declarer(troupe.gestionnaire, numero, troupe.remplacant.individu_id)
    agir(Action.SOUMETTRE_AU_FORMATEUR, troupe.gestionnaire, numero)
    formateur = db.session.get_one(Individu, troupe.formateur.individu_id)
    dite = f"a accepté les corrections de {nom_affiche(formateur.nom, formateur.prenom)} ("
    assert dite in "|".join(x.texte for x in chronologie(numero))
    # Where the sending is not told, nobody is named.
    assert any("les corrections du formateur" in dit for dit in changements_depuis(numero, avant))
