"""What the formateur proposes, as the entité reads it: accepted with the results, applied in saisie (R5)."""

from collections import defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from flask import url_for

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.registre.deja_delivres import deja_delivres_connus_de
from certif.domaine.libelles.sessions import avertissements as avertis
from certif.domaine.libelles.sessions import propositions as textes
from certif.domaine.noms import nom_affiche, nom_court
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Proposition
from certif.domaine.sessions.presentation import en_saisie, peut_essayer, saisie_possible
from certif.domaine.sessions.propositions import en_attente, est_faite, lisible, valeurs_de_la_session
from certif.domaine.sessions.regles import doutes, inscription, retouches
from certif.domaine.sessions.regles.retouches import Identifiee
from certif.domaine.sessions.valeurs import GenreProposition


@dataclass(frozen=True, slots=True)
class LignePropose:
    """One thing: about whom, what in words, whether it stands; `geste` does it, or `adresse` leads to it.

    `avertis`: what is worth a second look in the identity that it would make.
    """

    qui: str
    quoi: str
    faite: bool = False
    geste: str = ""
    adresse: str = ""
    avertis: Sequence[str] = ()


@dataclass(frozen=True, slots=True)
class Propositions:
    """What `templates/entite/_propositions.html` reads; `accepter` is where all are accepted, or ""."""

    titre: str
    lignes: Sequence[LignePropose]
    version: int
    accepter: str = ""
    refuser = textes.REFUSER


def propositions(s: SessionCertification, acteur: Acteur) -> Propositions | None:
    """The list for this actor now; None when there is nothing that is theirs to read.

    The formateur's drafts are theirs until they are sent.
    """
    qui = _du_formateur(s)
    if _revenue(s) and s.propositions:
        lignes = [_a_faire(s, p, modifiable=saisie_possible(s, acteur)) for p in s.propositions]
        faites = sum(ligne.faite for ligne in lignes)
        return Propositions(textes.avancement(qui, faites, len(lignes)), lignes, s.version)
    if s.resultats_le is None or not (proposees := en_attente(s)):
        return None
    alertes = _alertes(s, acteur, proposees)
    lignes = [_a_accepter(s, p, alertes) for p in proposees]
    accepter = ""
    if peut_essayer(s, acteur, Action.ACCEPTER_CORRECTIONS):
        action = Action.ACCEPTER_CORRECTIONS.value
        accepter = url_for("entite.agir", entite_id=s.entite_id, numero=s.numero, action=action)
    return Propositions(textes.titre(qui, len(lignes)), lignes, s.version, accepter)


def _revenue(s: SessionCertification) -> bool:
    """Back in saisie: before the first submission nobody has proposed anything."""
    return en_saisie(s) and s.soumise_le is not None


def corrections_proposees(s: SessionCertification) -> dict[int, str]:
    """By trainee, what is proposed and does not stand, to be read on their row."""
    valeurs: dict[int, list[str]] = defaultdict(list)
    if _revenue(s) or s.resultats_le is not None:
        for p in en_attente(s):
            if (stagiaire := retouches.visee(p, s.stagiaires)) is not None:
                valeurs[stagiaire.id].append(lisible(p.champ, p.valeur))
    return {cle: textes.proposee(dites) for cle, dites in valeurs.items()}


def _correction(p: Proposition, personne: Identifiee) -> str:
    return textes.de_vers(
        p.champ, lisible(p.champ, retouches.texte(personne, p.champ)), lisible(p.champ, p.valeur)
    )


def _du_formateur(s: SessionCertification) -> str:
    qui = s.retour_par or s.formateur
    return nom_court(qui.nom, qui.prenom) if qui else ""


def _a_accepter(
    s: SessionCertification, p: Proposition, alertes: Mapping[int, Sequence[str]]
) -> LignePropose:
    stagiaire = retouches.visee(p, s.stagiaires)
    qui = inscription.affiche(stagiaire) if stagiaire else nom_affiche(p.nom, p.prenom)
    return LignePropose(
        qui, _correction(p, stagiaire or p), avertis=alertes.get(stagiaire.id, ()) if stagiaire else ()
    )


def _alertes(
    s: SessionCertification, acteur: Acteur, proposees: Sequence[Proposition]
) -> dict[int, list[str]]:
    """What entry would warn of (R12) and *Générer* refuse (R6), judged on the identities as proposed."""
    voulus = [retouches.corrigee(stagiaire, proposees) for stagiaire in s.stagiaires]
    dispositif = s.niveau.dispositif if s.niveau else None
    juges = doutes.avertissements_des_stagiaires(voulus, s.date_fin, dispositif)
    trouvees = {
        voulu.id: [a.message for a in juge]
        for voulu, stagiaire, juge in zip(voulus, s.stagiaires, juges, strict=True)
        if voulu is not stagiaire
    }
    if s.certificat is not None and s.date_fin is not None:
        corriges = [voulu for voulu in voulus if voulu.id in trouvees]
        for voulu in deja_delivres_connus_de(acteur, s, corriges):
            trouvees[voulu.id].append(avertis.deja_delivre(s.certificat.libelle, s.date_fin))
    return trouvees


def _a_faire(s: SessionCertification, p: Proposition, *, modifiable: bool) -> LignePropose:
    faite = est_faite(s, p)
    qui, quoi = _dire(s, p)
    if faite or not modifiable:
        return LignePropose(qui, quoi, faite)
    if p.genre is GenreProposition.SESSION:
        return LignePropose(qui, quoi, adresse=_champ_de_la_session(s, p.champ))
    adresse = url_for("entite.appliquer", entite_id=s.entite_id, numero=s.numero, proposition_id=p.id)
    return LignePropose(qui, quoi, geste=textes.GESTES[p.genre.value], adresse=adresse)


def _dire(s: SessionCertification, p: Proposition) -> tuple[str, str]:
    if p.genre is GenreProposition.SESSION:
        actuelle = valeurs_de_la_session(s)[p.champ]
        return "Session", textes.de_vers(p.champ, lisible(p.champ, actuelle), lisible(p.champ, p.valeur))
    qui = nom_affiche(p.nom, p.prenom)
    if p.genre is GenreProposition.CORRIGER:
        return qui, _correction(p, p)
    naissance = lisible("date_naissance", retouches.texte(p, "date_naissance"))
    return qui, f"{p.genre.libelle} ({naissance})" if naissance else p.genre.libelle


def _champ_de_la_session(s: SessionCertification, champ: str) -> str:
    ancre = {"certificat": "certificat_id", "lieu": "lieu_type"}.get(champ, champ)
    return url_for("entite.session", entite_id=s.entite_id, numero=s.numero, _anchor=ancre)
