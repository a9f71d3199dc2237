"""Who is told what by mail, and who on the entité's side: rows, written with the move that causes them.

The event's name carries the session's version: one move writes to one person once.
"""

from collections import defaultdict
from collections.abc import Collection, Iterable

from sqlalchemy import select

from certif.domaine.acces.invitations import a_inviter, lien_d_invitation
from certif.domaine.acteur import TypeRole
from certif.domaine.courriers.actions import ecrire
from certif.domaine.libelles import cadre_des_courriers
from certif.domaine.libelles.sessions import annonces as textes
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.titulaires import en_cours
from certif.domaine.sessions.courriers.faits import (
    Faits,
    chemin_du_formateur,
    echeance_de_l_entite,
    echeance_du_formateur,
    faits_de,
)
from certif.domaine.sessions.modeles import SessionCertification
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db
from certif.socle.base.lots import par_lots
from certif.socle.horloge import aujourd_hui, maintenant

_ENTITES = 500
"""Asked about in one query at most."""


def annoncer_soumission(session_certif: SessionCertification, *, corrigee: bool) -> None:
    """Tell the formateur that results are expected, or to be confirmed again after a correction.

    Who has no account yet is invited by the same mail.
    """
    if corrigee:
        _au_formateur(session_certif, "corrigee", *textes.CORRIGEE)
    else:
        _au_formateur(session_certif, "a-renseigner", *textes.A_RENSEIGNER)


def formateur_injoint(session_certif: SessionCertification) -> str:
    """What the entité must know of the formateur: no account yet, or out of reach; "" when all is well."""
    formateur = session_certif.formateur
    if formateur is None:
        return ""
    qui = formateur.prenom or formateur.nom
    if not formateur.email:
        return textes.formateur_sans_adresse(qui)
    return textes.formateur_sans_compte(qui) if a_inviter(formateur) else ""


def annoncer_relance(session_certif: SessionCertification) -> None:
    """Remind the formateur that results are expected."""
    _au_formateur(session_certif, f"rappel-{aujourd_hui().isoformat()}", *textes.RELANCE)


def annoncer_retrait(session_certif: SessionCertification, formateur_id: int) -> None:
    """Tell a formateur that the session is no longer theirs to answer."""
    objet, message = textes.REPRISE
    _ecrire(
        session_certif,
        "retiree",
        formateur_id,
        textes.sujet_formateur(session_certif.entite.raison_sociale, session_certif.numero, objet),
        message,
        adresse("/formateur/sessions/a-traiter"),
        faits_de(session_certif).pour_le_formateur(),
    )


def formateur_a_prevenir(session_certif: SessionCertification) -> Individu | None:
    """The formateur who had the session, and who would be told of its deletion; None when nobody had it."""
    return session_certif.formateur if session_certif.soumise_le is not None else None


def annoncer_suppression(session_certif: SessionCertification) -> None:
    """Tell the formateur who had it that the session was deleted."""
    formateur = formateur_a_prevenir(session_certif)
    if formateur is None:
        return
    objet, message = textes.SUPPRIMEE
    _ecrire(
        session_certif,
        "supprimee",
        formateur.id,
        textes.sujet_formateur(session_certif.entite.raison_sociale, session_certif.numero, objet),
        message,
        adresse("/formateur/sessions/a-traiter"),
        faits_de(session_certif).pour_le_formateur(),
        rattachee=False,
    )


def annoncer_retour(session_certif: SessionCertification) -> None:
    """Tell the entité that the formateur sent the session back."""
    _a_l_entite(session_certif, "retour", *textes.RETOUR, "session")


def annoncer_resultats(session_certif: SessionCertification, corrections: int = 0) -> None:
    """Tell the entité that the results are in, and how many corrections are proposed with them."""
    if session_certif.date_fin is None:
        raise ValueError("a session with results has an end date")
    _a_l_entite(
        session_certif,
        "resultats",
        textes.objet_generer(session_certif.date_fin, aujourd_hui()),
        textes.resultats_recus(corrections),
        "stagiaires",
    )


def annoncer_formateur_empeche(session_certif: SessionCertification, refus: str, dits: Faits) -> None:
    """Tell the entité that the formateur cannot answer any more, and why; `dits` are the session's."""
    _a_l_entite(
        session_certif,
        f"formateur-empeche-{maintenant():%Y%m%dT%H%M%S}",
        textes.SUJET_EMPECHE,
        textes.formateur_empeche(refus),
        "stagiaires",
        dits,
    )


def annoncer_confiee(session_certif: SessionCertification, declarant_id: int) -> None:
    """Tell the new declarer that the session is theirs."""
    chemin = f"/entite/{session_certif.entite_id}/sessions/{session_certif.numero}/"
    sujet = textes.sujet_entite(session_certif.numero, textes.SUJET_CONFIEE)
    lignes = faits_de(session_certif).pour_l_entite(echeance_de_l_entite(session_certif))
    _ecrire(session_certif, "confiee", declarant_id, sujet, textes.CONFIEE, adresse(chemin), lignes)


def _au_formateur(session_certif: SessionCertification, sorte: str, objet: str, phrase: str) -> None:
    if session_certif.formateur_id is None:
        raise ValueError("a submitted session has a formateur")
    sujet = textes.sujet_formateur(session_certif.entite.raison_sociale, session_certif.numero, objet)
    chemin = chemin_du_formateur(session_certif.numero)
    lignes = faits_de(session_certif).pour_le_formateur(echeance_du_formateur(session_certif))
    formateur = db.session.get_one(Individu, session_certif.formateur_id)
    if not a_inviter(formateur):
        _ecrire(session_certif, sorte, formateur.id, sujet, phrase, adresse(chemin), lignes)
        return
    invitation = lien_d_invitation(formateur, session_certif.entite_id, chemin)
    message = f"{phrase}\n\n{textes.SANS_COMPTE}"
    _ecrire(session_certif, sorte, formateur.id, sujet, message, invitation, lignes)


def _a_l_entite(
    session_certif: SessionCertification,
    sorte: str,
    objet: str,
    phrase: str,
    onglet: str,
    dits: Faits | None = None,
) -> None:
    chemin = f"/entite/{session_certif.entite_id}/sessions/{session_certif.numero}/{onglet}"
    sujet = textes.sujet_entite(session_certif.numero, objet)
    dits = dits or faits_de(session_certif)
    lignes = dits.pour_l_entite(echeance_de_l_entite(session_certif))
    for destinataire_id in destinataires(session_certif.entite_id, session_certif.declarant_id):
        _ecrire(session_certif, sorte, destinataire_id, sujet, phrase, adresse(chemin), lignes)


def _ecrire(
    session_certif: SessionCertification,
    sorte: str,
    destinataire_id: int,
    sujet: str,
    phrase: str,
    vers: str,
    faits: Iterable[str],
    *,
    rattachee: bool = True,
) -> None:
    """`rattachee` False keeps the mail when the session itself goes."""
    ecrire(
        f"session-{session_certif.numero}-v{session_certif.version}-{sorte}",
        destinataire_id,
        sujet,
        cadre_des_courriers.corps(phrase, vers, faits),
        session_certif.numero if rattachee else None,
    )


def destinataires(entite_id: int, declarant_id: int) -> list[int]:
    """Of a session, the declarer; the gestionnaires in their place once they have left the entité (R17).

    Whoever has no address is left out.
    """
    return destinataires_de_chacune([(entite_id, declarant_id)])[entite_id, declarant_id]


def destinataires_de_chacune(couples: Collection[tuple[int, int]]) -> dict[tuple[int, int], list[int]]:
    """The same for many sessions at once, by entité and declarer."""
    presents: dict[int, dict[int, set[TypeRole]]] = defaultdict(lambda: defaultdict(set))
    muets: set[int] = set()
    for entites in par_lots(sorted({entite_id for entite_id, _ in couples}), _ENTITES):
        requete = (
            select(Role.entite_id, Role.individu_id, Role.type, Individu.email)
            .join(Role.individu)
            .where(Role.entite_id.in_(entites), en_cours(Role), en_cours(Individu))
            .order_by(Role.individu_id)
        )
        for entite_id, individu_id, genre, email in db.session.execute(requete):
            presents[entite_id or 0][individu_id].add(genre)
            if not email:
                muets.add(individu_id)
    trouves = {}
    for entite_id, declarant_id in couples:
        roles = presents[entite_id]
        gestionnaires = [qui for qui, genres in roles.items() if TypeRole.GESTIONNAIRE in genres]
        concernes = [declarant_id] if declarant_id in roles else gestionnaires
        trouves[entite_id, declarant_id] = [qui for qui in concernes if qui not in muets]
    return trouves
