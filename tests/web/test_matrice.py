"""Who gets what at every address: each route, each identity, one's own things and other people's.

The letters: A anonymous, G gestionnaire, E gestionnaire of another entité, D délégataire who declared the
session, C délégataire of the same entité who did not, F formateur it names, R another formateur,
X administrateur. Whoever is not named gets 404, and A the login page: what one may not see does not exist.
"""

import io
import zipfile
from collections.abc import Iterator
from dataclasses import replace
from typing import Any

import pytest
from sqlalchemy import select
from werkzeug.routing import Rule
from werkzeug.test import TestResponse

from certif.socle.base.extensions import db
from tests.support.production import dossier_par, pdf_factice, rendre_par, specimens_par
from tests.web.cibles import Cible, Matrice, dresser
from tests.web.distribution import Navigateur
from tests.web.scene import Scene

pytestmark = pytest.mark.lent

TOUS, CONNECTES, ENTITE, DECLARANTS = "AGEDCFRX", "GEDCFRX", "GDC", "GD"

# Who enters, and what a GET, or a POST of an empty form from a page of long ago, gives them.
MATRICE = {
    "administration.decider": ("X", 422),
    "administration.demande": ("X", 200),
    "administration.demandes": ("X", 200),
    "administration.accueil": ("X", 303),
    "administration.entites": ("X", 200),
    "administration.chercher_un_stagiaire": ("X", 422),
    "administration.donnees_d_un_stagiaire": ("X", 200),
    "administration.entites_donnees": ("X", 200),
    "administration.entites_fiche": ("X", 200),
    "administration.entites_inviter": ("X", 409),
    "administration.entites_lever": ("X", 409),
    "administration.entites_modifier": ("X", 409),
    "administration.entites_noms_commerciaux": ("X", 409),
    "administration.entites_nouveau": ("X", 409),
    "administration.logo_d_une_entite": ("X", 200),
    "administration.entites_suspendre": ("X", 409),
    "cles.ajouter": (CONNECTES, 422),
    "cles.demander_l_ajout": (CONNECTES, 422),
    "cles.demander_la_connexion": (TOUS, 200),
    "cles.page": (CONNECTES, 200),
    "cles.retirer": (CONNECTES, 404),
    "cles.se_connecter": (TOUS, 422),
    "code.page": (TOUS, 303),
    "code.verifier": (TOUS, (303, 409)),
    "administration.individus": ("X", 200),
    "administration.individus_adresse": ("X", 409),
    "administration.individus_desactiver": ("X", 409),
    "administration.individus_donner_un_role": ("X", 409),
    "administration.individus_donnees": ("X", 200),
    "administration.individus_effacer": ("X", 409),
    "administration.individus_fusionner": ("X", 409),
    "administration.individus_fiche": ("X", 200),
    "administration.individus_fin_d_un_role": ("X", 409),
    "administration.individus_fin_du_compte": ("X", 409),
    "administration.individus_inviter": ("X", 409),
    "administration.individus_modifier": ("X", 409),
    "administration.individus_nouveau": ("X", 409),
    "administration.individus_qualifier": ("X", 409),
    "administration.individus_reactiver": ("X", 409),
    "administration.individus_recherche": ("X", 200),
    "administration.individus_retirer_un_role": ("X", 409),
    "administration.individus_second_facteur": ("X", 409),
    "administration.certificats": ("X", 200),
    "administration.certificats_archiver": ("X", 409),
    "administration.certificats_corriger": ("X", 409),
    "administration.certificats_desarchiver": ("X", 409),
    "administration.certificats_fiche": ("X", 200),
    "administration.entites_accorder_une_habilitation": ("X", 409),
    "administration.habilitations": ("X", 200),
    "administration.habilitations_annuler_le_retrait": ("X", 409),
    "administration.habilitations_corriger": ("X", 409),
    "administration.habilitations_declarer_une_plateforme": ("X", 409),
    "administration.habilitations_fermer_une_plateforme": ("X", 409),
    "administration.habilitations_fiche": ("X", 200),
    "administration.habilitations_prolonger": ("X", 409),
    "administration.habilitations_retirer": ("X", 409),
    "administration.habilitations_supprimer_la_suspension": ("X", 409),
    "administration.habilitations_suspendre": ("X", 409),
    "administration.habilitations_terminer_la_suspension": ("X", 409),
    "administration.referentiel": ("X", 200),
    "administration.referentiel_ajouter_un_certificat": ("X", 409),
    "administration.referentiel_ajouter_un_niveau": ("X", 409),
    "administration.referentiel_archiver": ("X", 409),
    "administration.referentiel_desarchiver": ("X", 409),
    "administration.referentiel_fiche": ("X", 200),
    "administration.referentiel_modifier": ("X", 409),
    "administration.referentiel_nouveau": ("X", 409),
    "administration.journal": ("X", 200),
    "administration.piece": ("X", 200),
    "administration.plateforme": ("X", 200),
    "administration.apercu_import": ("X", 303),
    "administration.confirmer_import": ("X", 303),
    "administration.erreurs_import": ("X", 303),
    "administration.importer": ("X", 200),
    "administration.lire_le_tableau": ("X", 422),
    "administration.modele_import": ("X", 200),
    "administration.qualifications": ("X", 200),
    "administration.qualifications_corriger": ("X", 409),
    "administration.qualifications_fiche": ("X", 200),
    "administration.qualifications_nouveau": ("X", 409),
    "administration.qualifications_prolonger": ("X", 409),
    "administration.qualifications_recherche": ("X", 200),
    "administration.qualifications_retablir": ("X", 409),
    "administration.qualifications_retirer": ("X", 409),
    "administration.registre": ("X", 200),
    "administration.registre_annuler": ("X", 409),
    "administration.registre_annuler_la_session": ("X", 409),
    "administration.registre_fiche": ("X", 200),
    "administration.session": ("X", 200),
    "administration.sessions": ("X", 200),
    "compte.abandonner_saisie": (CONNECTES, 303),
    "compte.accueil": (TOUS, (200, 303)),
    "compte.connexion": (TOUS, (200, 303)),
    "compte.deconnexion": (TOUS, 303),
    "compte.saisie_conservee": (CONNECTES, 303),
    "compte.se_connecter": (TOUS, 422),
    "connexions.fermer": (CONNECTES, 404),
    "connexions.fermer_les_autres": (CONNECTES, 303),
    "connexions.page": (CONNECTES, 200),
    "courriels.choisir": (CONNECTES, 303),
    "courriels.page": (CONNECTES, 200),
    "demo.courriers": (TOUS, 200),
    "demo.lire": (TOUS, 200),
    "double.abandonner": (CONNECTES, 303),
    "double.commencer": (CONNECTES, 303),
    "double.confirmer": (CONNECTES, 422),
    "double.desactiver": (CONNECTES, 409),
    "double.page": (CONNECTES, 200),
    "double.renouveler": (CONNECTES, 409),
    "entite.accueil": (ENTITE, 303),
    "entite.agir": (DECLARANTS, 409),
    "entite.ajouter": (DECLARANTS, 409),
    "entite.annuler_certificats": ("G", 409),
    "entite.arreter_code": (DECLARANTS, 303),
    "entite.arreter_codes": (DECLARANTS, 303),
    "entite.creer_codes": (DECLARANTS, 303),
    "entite.remise": (DECLARANTS, 200),
    "entite.renouveler_code": (DECLARANTS, 303),
    "entite.apercu": (DECLARANTS, 200),
    "entite.apercus": (DECLARANTS, 200),
    "entite.apercu_entite": (ENTITE, 200),
    "entite.apercu_nom": (ENTITE, 200),
    "entite.appliquer": (DECLARANTS, 409),
    "entite.changer_logo": ("G", 422),
    "entite.changer_logo_nom": ("G", 422),
    "entite.choisir_declarant": ("G", 200),
    "entite.confier_session": ("G", 409),
    "entite.confirmer_annulation": ("G", 422),
    "entite.confirmer_avertissement": (DECLARANTS, 409),
    "entite.confirmer_retrait_nom": ("G", 200),
    "entite.confirmer_nom": ("G", 303),
    "entite.confirmer_suppression": (DECLARANTS, 200),
    "entite.confirmer_suppression_demande": ("G", 200),
    "entite.creer": (ENTITE, 422),
    "entite.creer_demande": ("G", 422),
    "entite.creer_identite": ("G", 422),
    "entite.creer_semblable": (DECLARANTS, 422),
    "entite.enregistrer_entite": ("G", 409),
    "entite.demande": ("G", 200),
    "entite.demandes_a_traiter": ("G", 200),
    "entite.demandes_en_cours": ("G", 200),
    "entite.enregistrer_demande": ("G", 409),
    "entite.enregistrer_session": (DECLARANTS, 409),
    "entite.ensemble": ("G", 200),
    "entite.ensemble_classeur": ("G", 200),
    "entite.formateur": (DECLARANTS, 200),
    "entite.habilitations": (ENTITE, 200),
    "entite.image_logo": (ENTITE, 200),
    "entite.invitations": ("G", 200),
    "entite.invitations_annuler": ("G", 409),
    "entite.invitations_corriger": ("G", 409),
    "entite.invitations_fiche": ("G", 200),
    "entite.invitations_renvoyer": ("G", 409),
    "entite.image_logo_nom": (ENTITE, 200),
    "entite.informations": (ENTITE, 200),
    "entite.ajouter_la_liste": (DECLARANTS, 422),
    "entite.lire_une_liste": (DECLARANTS, 422),
    "entite.apercu_de_la_liste": (DECLARANTS, 303),
    "entite.liste": (DECLARANTS, 200),
    "entite.liste_perdue": (DECLARANTS, 303),
    "entite.modele_de_liste": (DECLARANTS, 200),
    "entite.relire_la_liste": (DECLARANTS, 422),
    "entite.logo": ("G", 200),
    "entite.garder_modele": (DECLARANTS, 422),
    "entite.modeles": (ENTITE, 200),
    "entite.modeles_fiche": (DECLARANTS, 200),
    "entite.modeles_modifier": (DECLARANTS, 409),
    "entite.modeles_ouvrir": (DECLARANTS, 409),
    "entite.modeles_supprimer": (DECLARANTS, 409),
    "entite.modifier": (DECLARANTS, 409),
    "entite.modifier_entite": ("G", 200),
    "entite.nom_commercial": ("G", 200),
    "entite.nommer_modele": (DECLARANTS, 200),
    "entite.nouveau_stagiaire": (DECLARANTS, 200),
    "entite.nouvelle_demande": ("G", 200),
    "entite.nouvelle_identite": ("G", 200),
    "entite.ouvrir": (DECLARANTS, 303),
    "entite.piece": ("G", 200),
    "entite.recapituler": (DECLARANTS, 303),
    "entite.relancer_formateur": (DECLARANTS, 303),
    "entite.renommer_nom": ("G", 422),
    "entite.retablir": (DECLARANTS, 409),
    "entite.retirer": (DECLARANTS, 409),
    "entite.retirer_nom": ("G", 409),
    "entite.retirer_demande": ("G", 409),
    "entite.session": (DECLARANTS, 200),
    "entite.sessions": (ENTITE, 200),
    "entite.sessions_par_nom": (ENTITE, 422),
    "entite.stagiaire": (DECLARANTS, 200),
    "entite.stagiaires": (DECLARANTS, 200),
    "entite.supprimer": (DECLARANTS, 409),
    "entite.supprimer_demande": ("G", 409),
    "entite.chercher_un_stagiaire": ("G", 422),
    "entite.donnees": ("G", 200),
    "entite.donnees_d_un_stagiaire": ("G", 200),
    "entite.relancer_dossier": (DECLARANTS, 303),
    "entite.telechargements": (DECLARANTS, 200),
    "entite.telecharger": (DECLARANTS, 200),
    "entite.telecharger_dossier": (DECLARANTS, 200),
    "entite.telecharger_feuille": (DECLARANTS, 200),
    "entite.telecharger_tout": (DECLARANTS, 200),
    "entite.utilisateurs": ("G", 200),
    "entite.utilisateurs_donner": ("G", 409),
    "entite.utilisateurs_fiche": ("G", 200),
    "entite.utilisateurs_fin_delegataire": ("G", 409),
    "entite.utilisateurs_fin_gestionnaire": ("G", 409),
    "entite.utilisateurs_inviter": ("G", 409),
    "entite.utilisateurs_nouveau": ("G", 409),
    "entite.utilisateurs_recherche": ("G", 200),
    "entite.utilisateurs_retirer_delegataire": ("G", 409),
    "entite.utilisateurs_retirer_gestionnaire": ("G", 409),
    "entite.verifier_formateur": (DECLARANTS, 409),
    "entite.villes": (ENTITE, 303),
    "formateur.accueil": ("FR", 303),
    "formateur.annuler": ("F", 409),
    "formateur.confirmer_refus": ("F", 200),
    "formateur.contact": (TOUS, 200),
    "formateur.corriger_en_relisant": ("F", 409),
    "formateur.enregistrer": ("F", 409),
    "formateur.qualifications": ("FR", 200),
    "formateur.recevoir": ("F", 422),
    "formateur.refuser_session": ("F", 409),
    "formateur.remise": ("F", 200),
    "formateur.relire": ("F", 200),
    "formateur.reprendre": ("F", 409),
    "formateur.session": ("F", 200),
    "formateur.sessions": ("FR", 200),
    "formateur.sessions_par_nom": ("FR", 422),
    "formateur.soumettre": ("F", 422),
    "formateur.stagiaires": ("F", 200),
    "formateur.telephone": ("FR", 200),
    "formateur.tous_en_reussite": ("F", 409),
    "invitations.accepter": (CONNECTES, 422),
    "invitations.refuser": (CONNECTES, 422),
    "liens.accepter": (TOUS, 410),
    "liens.accepter_role": (TOUS, 410),
    "liens.choisir": (TOUS, 410),
    "liens.confirmer_adresse": (TOUS, 410),
    "liens.invitation": (TOUS, 410),
    "liens.nouveau_mot_de_passe": (TOUS, 410),
    "liens.nouvelle_adresse": (TOUS, 410),
    "liens.opposition": (TOUS, 410),
    "liens.refuser_role": (TOUS, 410),
    "liens.role": (TOUS, 410),
    "liens.s_opposer": (TOUS, 410),
    "donnees.telecharger": (CONNECTES, 200),
    "moi.adresse_actuelle": (CONNECTES, 200),
    "moi.changer_adresse": (CONNECTES, 422),
    "moi.changer_mot_de_passe": (CONNECTES, 422),
    "moi.mot_de_passe_actuel": (CONNECTES, 200),
    "moi.page": (CONNECTES, 200),
    "oubli.demander": (TOUS, 422),
    "oubli.page": (TOUS, 200),
    "remise.certificat": (TOUS, 403),
    "remise.ouvrir": (TOUS, 410),
    "remise.page": (TOUS, 200),
    "remise.rappel": (TOUS, 403),
    "mesures.exposer": (TOUS, 404),
    "sante.sante": (TOUS, (200, 503)),
    "mentions.accessibilite": (TOUS, 200),
    "mentions.confidentialite": (TOUS, 200),
    "verification.certificat": (TOUS, 422),
    "verification.fichier": (TOUS, 422),
    "verification.formulaire": (TOUS, 200),
    "verification.identite": (TOUS, 422),
}

# Who may ever read each of these names, which stand in one session, or one demande, each.
CANARIS = {
    "canaribrouillon": "GD",
    "canarimodele": "GD",
    "canarisoumise": "GDF",
    "canaripropose": "F",
    "canariverifiee": "GDF",
    "canarigeneree": "GDF",
    "canariguy": "E",
    "canaridemande": "GX",
    "canariinvitee": "GE",
    "canariprojet": "E",
}

PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}

# A GET may write that someone logged in, had a page or downloaded; nothing else.
TRACES = {"connexion", "tentative_connexion", "telechargement", "courrier"}


@pytest.fixture
def matrice(scene: Scene, monkeypatch: pytest.MonkeyPatch) -> Matrice:
    """Its documents are stand-ins, where every name stands in clear."""
    rendre_par(monkeypatch, pdf_factice)
    dossier_par(monkeypatch)
    specimens_par(monkeypatch)
    return dresser(scene)


def regles(matrice: Matrice) -> Iterator[tuple[Rule, str]]:
    """Every route with its method; the one that logs out comes last."""
    toutes = [r for r in matrice.scene.app.url_map.iter_rules() if r.endpoint != "static"]
    for regle in sorted(toutes, key=lambda r: (r.endpoint == "compte.deconnexion", r.endpoint)):
        yield regle, "POST" if "POST" in (regle.methods or ()) else "GET"


def test_every_route_has_its_line(matrice: Matrice) -> None:
    assert {regle.endpoint for regle, _ in regles(matrice)} == set(MATRICE)


@pytest.mark.parametrize("lettre", TOUS)
def test_matrix(matrice: Matrice, lettre: str) -> None:
    navigateur = matrice.navigateur(lettre)
    for regle, methode in regles(matrice):
        qui, attendu = MATRICE[regle.endpoint]
        statuts = attendu if isinstance(attendu, tuple) else (attendu,)
        cible = matrice.cible_de(regle.endpoint)
        adresse = matrice.adresse(regle, cible)
        reponse = demander(navigateur, methode, adresse, {"stagiaire": str(cible.stagiaire_id)})
        sans_canari(reponse, lettre, adresse)
        if lettre in qui:
            assert reponse.status_code in statuts, f"{methode} {adresse}"
        else:
            refuse(reponse, lettre, f"{methode} {adresse}")


@pytest.mark.parametrize("lettre", TOUS)
def test_foreign_identifiers(matrice: Matrice, lettre: str) -> None:
    """Sessions of others, under their entité and under one's own; one's session with another's trainee."""
    navigateur = matrice.navigateur(lettre)
    avant = photographie(matrice)
    for regle, methode in regles(matrice):
        for cible in cibles_etrangeres(matrice, regle, lettre):
            adresse = matrice.adresse(regle, cible)
            for entetes in ({}, PARTIEL):
                # All that a right form would hold: nothing but the access can stop it.
                champs = {"version": str(cible.version), "stagiaire": str(cible.stagiaire_id), "nom": "x"}
                reponse = demander(navigateur, methode, adresse, champs, entetes)
                sans_canari(reponse, lettre, adresse)
                refuse(reponse, lettre, f"{methode} {adresse}")
    assert photographie(matrice) == avant


def cibles_etrangeres(m: Matrice, regle: Rule, lettre: str) -> list[Cible]:
    """What this identity must not reach by this route, and nobody by such an address."""
    if not {"entite_id", "numero", "demande_id"} & regle.arguments:
        return []
    qui, _ = MATRICE[regle.endpoint]
    if regle.endpoint == "administration.session" and lettre in qui:
        return []  # by number, whatever the entité, without its stagiaires (R9)
    marose, guy = m.scene.troupe.marose.entite_id, m.scene.troupe.guy.entite_id
    sienne = m.cible_de(regle.endpoint)
    etrangeres: list[Cible] = []
    if "numero" in regle.arguments:
        etrangeres += [replace(sienne, entite_id=guy), replace(m.guy, entite_id=marose)]
        if lettre == "F":
            # Before its submission, a session that names someone is not theirs.
            etrangeres = [c for c in etrangeres if c.numero == m.guy.numero] + [m.brouillon]
        if "entite_id" not in regle.arguments and lettre not in qui:
            etrangeres += [m.soumise, m.generee]
        if {"stagiaire_id", "certificat_id"} & regle.arguments and lettre in qui:
            ids: dict[str, Any] = {"stagiaire_id": m.guy.stagiaire_id, "certificat_id": m.guy.certificat_id}
            etrangeres.append(replace(sienne, **ids))
    if "nom_id" in regle.arguments and lettre in qui:
        etrangeres += [replace(sienne, nom_id=m.guy.nom_id), replace(sienne, nom_id=0)]
    if {"entite_id", "identifiant"} <= regle.arguments and lettre in qui:
        autres = ((m.guy.personne_id, m.guy.propose_id, m.guy.modele_id), (0, 0, 0))
        etrangeres += [replace(sienne, personne_id=p, propose_id=i, modele_id=g) for p, i, g in autres]
    if "demande_id" in regle.arguments:
        # GUY's is a brouillon, which the administrateur does not see either.
        etrangeres += [m.guy] if lettre == "X" else []
        if "entite_id" in regle.arguments:
            etrangeres += [replace(sienne, entite_id=guy), replace(m.guy, entite_id=marose)]
        elif lettre not in qui:
            etrangeres += [sienne, m.guy]
        if "piece_id" in regle.arguments and lettre in qui:
            etrangeres.append(replace(sienne, piece_id=m.guy.piece_id))
    if lettre not in qui and "entite_id" in regle.arguments:
        etrangeres.append(sienne)
    if lettre != "E" and "entite_id" in regle.arguments:
        etrangeres.append(m.guy)
    return etrangeres


@pytest.mark.parametrize("lettre", "GEDFX")
def test_reading_changes_nothing(matrice: Matrice, lettre: str) -> None:
    navigateur = matrice.navigateur(lettre)
    avant = photographie(matrice)
    for regle, methode in regles(matrice):
        # Whoever is refused reads nothing: `test_matrix` sees to it.
        if methode == "GET" and regle.endpoint != "sante.sante" and lettre in MATRICE[regle.endpoint][0]:
            for cible in (matrice.cible_de(regle.endpoint), matrice.guy):
                adresse = matrice.adresse(regle, cible)
                assert demander(navigateur, "GET", adresse).status_code < 500, adresse
                assert demander(navigateur, "GET", adresse, entetes=PARTIEL).status_code < 500, adresse
    apres = photographie(matrice)
    assert [table for table in avant if apres[table] != avant[table]] == []


def demander(
    navigateur: Navigateur,
    methode: str,
    adresse: str,
    champs: dict[str, str] | None = None,
    entetes: dict[str, str] | None = None,
) -> TestResponse:
    if methode == "POST":
        return navigateur.post(adresse, {"version": "0", **(champs or {})}, headers=entetes or {})
    return navigateur.get(adresse, headers=entetes or {})


def refuse(reponse: TestResponse, lettre: str, quoi: str) -> None:
    if lettre == "A":
        vers_la_connexion = reponse.headers.get("Location", "").startswith("/connexion")
        assert vers_la_connexion or reponse.status_code == 401, quoi
    else:
        assert reponse.status_code == 404, quoi


def _deplie(octets: bytes) -> bytes:
    """What is read of an answer, with what a zip holds."""
    if not octets.startswith(b"PK"):
        return octets
    with zipfile.ZipFile(io.BytesIO(octets)) as archive:
        return octets + b"".join(map(archive.read, archive.namelist()))


def sans_canari(reponse: TestResponse, lettre: str, quoi: str) -> None:
    """No name of anybody else's session in the body nor in the headers."""
    dit = (_deplie(reponse.get_data()) + str(reponse.headers).encode()).lower()
    for canari, lecteurs in CANARIS.items():
        assert lettre in lecteurs or canari.encode() not in dit, f"{canari} at {quoi}"


def photographie(matrice: Matrice) -> dict[str, list[str]]:
    """Every row of every table that a reading must leave alone."""

    def lire() -> dict[str, list[str]]:
        db.session.rollback()
        lues = {}
        for table in db.metadata.sorted_tables:
            if table.name not in TRACES:
                dates = ("telecharge_le", "derniere_connexion", "derniere_venue")
                colonnes = [c for c in table.columns if c.name not in dates]
                requete = select(*colonnes)
                if table.name == "journal":  # that data were taken away is a download too
                    requete = requete.where(table.c.action != "exporter")
                lues[table.name] = sorted(map(str, db.session.execute(requete)))
        return lues

    return matrice.scene.dans(lire)
