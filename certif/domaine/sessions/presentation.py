"""A session as one viewer meets it: whose turn it is, and which moves are theirs to make now."""

from datetime import date

from certif.domaine.acteur import Acteur
from certif.domaine.noms import nom_court, prenom_nom
from certif.domaine.sessions.droits.relais import Relais, relais_de
from certif.domaine.sessions.etats import Action, Etat, actions_de
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.propositions import en_attente
from certif.domaine.sessions.regles import completude, delais, resultats
from certif.domaine.sessions.regles.delais import Fenetre
from certif.domaine.sessions.tour import Situation, Tour, tour
from certif.domaine.temps import date_de
from certif.socle.horloge import aujourd_hui


def tour_de(
    session_certif: SessionCertification, acteur: Acteur, blocage: str | None, relais: Relais
) -> Tour:
    """Whose turn it is, said to this actor; `blocage` is what `conditions.blocages` found."""
    s = session_certif
    return tour(
        Situation(
            etat=s.etat,
            role=acteur.role.value,
            aujourd_hui=aujourd_hui(),
            entite=s.entite.raison_sociale,
            declarant=prenom_nom(s.declarant.nom, s.declarant.prenom) if not s.declarant.efface_le else "",
            declaree_par_moi=s.declarant_id == acteur.individu_id,
            retournee=s.retour_le is not None,
            date_fin=s.date_fin,
            formateur=nom_court(s.formateur.nom, s.formateur.prenom) if s.formateur else "",
            soumise_le=date_de(s.soumise_le) if s.soumise_le else None,
            bloquee=blocage,
            formateur_empeche=relais.formateur_empeche,
            declarant_parti=relais.declarant_parti,
            sans_reussite=relais.sans_reussite,
            vide=relais.vide,
            fenetre=_fenetre_du_jour(s),
            suspendue=s.entite.suspendue,
            faits=s.certificats_produits,
            total=s.certificats_total,
            echecs=s.certificats_en_echec,
            genere_le=date_de(s.genere_le) if s.genere_le else None,
            telecharge_le=date_de(s.telecharge_le) if s.telecharge_le else None,
            annulee=tout_est_annule(s),
        )
    )


def actions_possibles(
    session_certif: SessionCertification, acteur: Acteur, relais: Relais | None = None
) -> frozenset[Action]:
    """The moves that this actor can try now; their conditions are judged when they are made.

    A move that its own state makes pointless is left out: generating nothing, closing with a réussite,
    accepting what nobody proposes, reopening while something runs, cancelling what already is, entrusting
    what has its declarer. `relais` is that of the session, read if need be.
    """
    possibles = _selon_elle_meme(session_certif, acteur)
    if Action.CONFIER in possibles and not (relais or relais_de(session_certif)).declarant_parti:
        possibles -= {Action.CONFIER}
    return possibles


def peut_essayer(session_certif: SessionCertification, acteur: Acteur, action: Action) -> bool:
    """Whether one of these moves is among them; nothing is read unless the session does not say it all."""
    if action is Action.CONFIER:
        return action in actions_possibles(session_certif, acteur)
    return action in _selon_elle_meme(session_certif, acteur)


def _selon_elle_meme(session_certif: SessionCertification, acteur: Acteur) -> frozenset[Action]:
    if session_certif.entite.suspendue:
        return frozenset()
    possibles = set(actions_de(session_certif.etat, acteur.role.value))
    if session_certif.etat is Etat.VALIDATION_ENTITE:
        # Whoever looks at these results either generates them or closes the session.
        possibles.discard(
            Action.GENERER
            if resultats.cloture_possible(session_certif.stagiaires)
            else Action.CLORE_SANS_CERTIFICAT
        )
        if not en_attente(session_certif):
            possibles.discard(Action.ACCEPTER_CORRECTIONS)
    if session_certif.etat is Etat.GENERATION and not generation_arretee(session_certif):
        possibles -= {Action.ROUVRIR, Action.RELANCER_GENERATION}
    if tout_est_annule(session_certif):
        possibles.discard(Action.ANNULER_ET_REFAIRE)
    return frozenset(possibles)


def generation_arretee(session_certif: SessionCertification) -> bool:
    """Whether every certificate is either made or failed for good, one at least having failed."""
    s = session_certif
    return (
        s.certificats_en_echec > 0 and s.certificats_produits + s.certificats_en_echec == s.certificats_total
    )


def tout_est_annule(session_certif: SessionCertification) -> bool:
    """Whether it was generated and none of its certificates is in force any more (R14)."""
    return session_certif.etat is Etat.GENERE and session_certif.certificats_total == 0


def en_saisie(session_certif: SessionCertification) -> bool:
    """Whether the entité fills it in: its fields, its formateur and its stagiaires can change."""
    return session_certif.etat is Etat.SAISIE


def feuille_utile(session_certif: SessionCertification) -> bool:
    """Whether its sheet still has something to gather: nobody has sent the results yet."""
    return session_certif.etat in (Etat.SAISIE, Etat.VALIDATION_FORMATEUR)


def en_generation(session_certif: SessionCertification) -> bool:
    """Whether its certificates are being made, or wait for the entité to say what to do of a failure."""
    return session_certif.etat is Etat.GENERATION


def saisie_possible(session_certif: SessionCertification, acteur: Acteur) -> bool:
    """Whether this actor can change its fields now: in saisie, in an entité that is not suspended."""
    return peut_essayer(session_certif, acteur, Action.ENREGISTRER)


def echeance_de_soumission(session_certif: SessionCertification) -> date | None:
    """R1's last day, as long as it is judged on today: never submitted yet, correcting no other session."""
    ouverte = _fenetre_du_jour(session_certif)
    return ouverte.cloture if ouverte else None


def _fenetre_du_jour(s: SessionCertification) -> Fenetre | None:
    if s.date_fin is None or s.premiere_soumission_le is not None or s.rectifie_numero is not None:
        return None
    return delais.fenetre(s.date_fin)


def suppression_possible(session_certif: SessionCertification, acteur: Acteur) -> bool:
    """Whether this actor may delete it; reads nothing beyond a line of a list."""
    suspendue = session_certif.entite.suspendue
    return not suspendue and Action.SUPPRIMER in actions_de(session_certif.etat, acteur.role.value)


def attend_mes_resultats(session_certif: SessionCertification, acteur: Acteur) -> bool:
    """Whether the actor, seen from the entité, is the very formateur whose results are awaited."""
    return (
        acteur.est_entite
        and session_certif.etat is Etat.VALIDATION_FORMATEUR
        and session_certif.formateur_id == acteur.individu_id
    )


def onglets_de(session_certif: SessionCertification) -> tuple[str, ...]:
    """The tabs that the entité is shown; once submitted, the formateur stands in the first."""
    if en_saisie(session_certif):
        return ("session", "formateur", "stagiaires")
    return ("session", "stagiaires", "telechargements")


def onglet_du_moment(session_certif: SessionCertification) -> str:
    """The tab of what is to be done now: the first that lacks something, the results, the download."""
    if en_saisie(session_certif):
        a_completer = completude.manques_par_onglet(completude.manques(session_certif))
        return next((onglet for onglet, champs in a_completer.items() if champs), "stagiaires")
    if session_certif.etat in (Etat.GENERATION, Etat.GENERE):
        return "telechargements"
    return "session" if session_certif.etat is Etat.VALIDATION_FORMATEUR else "stagiaires"


def resultats_corrigeables(session_certif: SessionCertification) -> bool:
    """Whether results that were sent can still come back to the formateur: no certificate is being made."""
    return session_certif.etat is Etat.VALIDATION_ENTITE
