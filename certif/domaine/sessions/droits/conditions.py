"""R1, R2, R3 judged on a session with the data now in force: what blocks it, and what forbids a move."""

from collections import defaultdict
from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from sqlalchemy import bindparam, select

from certif.domaine.acteur import TypeRole
from certif.domaine.erreurs import Refus, SaisieInvalide
from certif.domaine.personnes import regles
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.lectures import plateformes_de
from certif.domaine.referentiel.modeles import Habilitation, Qualification
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import completude, couverture, delais, designation, lieux
from certif.domaine.sessions.regles.couverture import Habilitation as HabilitationJugee
from certif.domaine.sessions.regles.designation import Qualification as QualificationJugee
from certif.domaine.sessions.regles.designation import Verdict
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.base.extensions import db
from certif.socle.horloge import aujourd_hui

SOUMISES = (Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE)
"""Where R2 and R3 can block a session that left the saisie."""

# Built once: every list and every page of a session asks, and to build them takes longer than to run them.
_DES_ENTITES = select(Habilitation).where(
    Habilitation.entite_id.in_(bindparam("entites", expanding=True)),
    Habilitation.niveau_id.in_(bindparam("niveaux", expanding=True)),
)
_DES_FORMATEURS = select(Qualification).where(
    Qualification.individu_id.in_(bindparam("individus", expanding=True))
)
_ROLES_DE_FORMATEUR = (
    select(Role, Individu)
    .join(Individu, Individu.id == Role.individu_id)
    .where(Role.type == TypeRole.FORMATEUR, Role.individu_id.in_(bindparam("individus", expanding=True)))
)

_LIEU = ("lieu_type", "plateforme_id", "code_postal", "ville", "pays")


@dataclass(frozen=True, slots=True)
class Remplacements:
    """Habilitations and qualifications to judge in the place of the rows of the same id; `sans_role`: the
    persons to judge as if they were formateurs no more.
    """

    habilitations: Mapping[int, HabilitationJugee] = field(default_factory=dict)
    qualifications: Mapping[int, QualificationJugee] = field(default_factory=dict)
    sans_role: Collection[int] = ()


def exiger_soumission_possible(session_certif: SessionCertification) -> None:
    """Everything R5 asks before the session goes to the formateur.

    Raises:
        SaisieInvalide: what is missing or refused, field by field.
        Refus: R1, R2 or R3 does not hold.
    """
    manques = completude.manques(session_certif)
    if manques:
        raise SaisieInvalide({champ: [message] for champ, message in manques.items()})
    exiger_fenetre(session_certif)
    exiger_lieu(session_certif)
    exiger_habilitation(session_certif)
    exiger_qualification(session_certif)


def empechements(session_certif: SessionCertification) -> dict[str, str]:
    """All that forbids submitting now, field by field in the order of the screens; empty when nothing does.

    What is missing (`regles.manques`), then R1, R2, R3 and R13 on the fields that are filled.
    """
    trouves = completude.manques(session_certif)
    juges: tuple[tuple[str, tuple[str, ...], Callable[[SessionCertification], object]], ...] = (
        ("date_fin", ("date_fin",), exiger_fenetre),
        ("lieu_type", ("niveau_id", *_LIEU, "date_fin"), exiger_lieu),
        ("niveau_id", ("niveau_id", "date_fin"), exiger_habilitation),
        ("formateur_id", ("niveau_id", "date_fin", "formateur_id"), exiger_qualification),
    )
    for champ, lus, exiger in juges:
        if trouves.keys().isdisjoint(lus):
            try:
                exiger(session_certif)
            except SaisieInvalide as refus:
                trouves |= {nom: messages[0] for nom, messages in refus.champs.items()}
            except Refus as refus:
                trouves[champ] = refus.message
    rang = [champ for champs in completude.ONGLETS.values() for champ in champs]
    return dict(sorted(trouves.items(), key=lambda trouve: rang.index(trouve[0])))


def exiger_fenetre(session_certif: SessionCertification) -> None:
    """R1; a rectificative session met it with the session that it corrects (R14).

    Raises:
        Refus: today, or the day of the first submission, is outside F's window.
    """
    if session_certif.date_fin is not None and session_certif.rectifie_numero is None:
        delais.verifier_fenetre(session_certif.date_fin, aujourd_hui(), session_certif.premiere_soumission_le)


def exiger_habilitation(session_certif: SessionCertification) -> Habilitation:
    """R2: the habilitation that covers F, to be frozen on the certificates.

    Raises:
        Refus: none covers F.
    """
    if session_certif.niveau is None or session_certif.date_fin is None:
        raise ValueError("R2 needs a niveau and an end date")
    requete = select(Habilitation).filter_by(
        entite_id=session_certif.entite_id, niveau_id=session_certif.niveau_id
    )
    return couverture.habilitation_couvrante(
        db.session.scalars(requete), session_certif.date_fin, session_certif.niveau.libelle, aujourd_hui()
    )


def exiger_qualification(session_certif: SessionCertification) -> None:
    """R3 on the declared formateur.

    Raises:
        Refus: one of the four checks fails.
    """
    if session_certif.formateur_id is None:
        raise ValueError("R3 needs a formateur")
    verdicts = verdicts_de(session_certif, session_certif.formateur_id)
    if not designation.accepte(verdicts):
        raise Refus(designation.premier_refus(verdicts) or "", "R3")


def verdicts_de(session_certif: SessionCertification, individu_id: int) -> list[Verdict]:
    """R3's four checks on a person, for the session's niveau and F."""
    return verdicts_des(session_certif, [individu_id])[individu_id]


def verdicts_des(session_certif: SessionCertification, individus: Sequence[int]) -> dict[int, list[Verdict]]:
    """R3's four checks on each of these persons, for the session's niveau and F; two queries in all."""
    if session_certif.niveau is None or session_certif.date_fin is None:
        raise ValueError("R3 needs a niveau and an end date")
    if not individus:
        return {}
    qualifications = qualifications_de(individus)
    roles = roles_exerces(individus)
    return {
        individu_id: designation.verifier_formateur(
            trouvee=individu_id in roles,
            role_actif=roles.get(individu_id, False),
            qualifications=qualifications[individu_id],
            niveau=session_certif.niveau,
            date_fin=session_certif.date_fin,
            aujourd_hui=aujourd_hui(),
        )
        for individu_id in individus
    }


def verdicts_personne_inconnue(session_certif: SessionCertification) -> list[Verdict]:
    """R3's four checks when nobody was found."""
    if session_certif.niveau is None or session_certif.date_fin is None:
        raise ValueError("R3 needs a niveau and an end date")
    return designation.verifier_formateur(
        trouvee=False,
        role_actif=False,
        qualifications=(),
        niveau=session_certif.niveau,
        date_fin=session_certif.date_fin,
    )


def blocages(sessions: Iterable[SessionCertification]) -> dict[int, str]:
    """What R2 or R3 would refuse now, by session number, for submitted sessions; three queries in all."""
    return refus_des_droits([s for s in sessions if s.etat in SOUMISES])


def refus_des_droits(
    sessions: Sequence[SessionCertification], remplacements: Remplacements | None = None
) -> dict[int, str]:
    """What R2, then R3 where somebody is named, refuse at F, by session number, whatever the state.

    With `remplacements`, as it would be if these rows stood in the place of those of the same id. Three
    queries in all; nothing is written.
    """
    if not sessions:
        return {}
    remplacements = remplacements or Remplacements()
    habilitations = _habilitations(sessions, remplacements)
    formateurs = [s.formateur_id for s in sessions if s.formateur_id is not None]
    qualifications = qualifications_de(formateurs, remplacements)
    exerces = roles_exerces(formateurs)
    roles = {i: actif and i not in remplacements.sans_role for i, actif in exerces.items()}
    trouves = {}
    for s in sessions:
        message = _refus(s, habilitations[s.entite_id, s.niveau_id], qualifications, roles)
        if message:
            trouves[s.numero] = message
    return trouves


def _refus(
    s: SessionCertification,
    habilitations: Sequence[HabilitationJugee],
    qualifications: Mapping[int, Sequence[QualificationJugee]],
    roles: dict[int, bool],
) -> str | None:
    if s.niveau is None or s.date_fin is None:
        return None
    try:
        couverture.habilitation_couvrante(habilitations, s.date_fin, s.niveau.libelle, aujourd_hui())
    except Refus as refus:
        return refus.message
    if s.formateur_id is None:
        return None
    verdicts = designation.verifier_formateur(
        trouvee=s.formateur_id in roles,
        role_actif=roles.get(s.formateur_id, False),
        qualifications=qualifications.get(s.formateur_id, ()),
        niveau=s.niveau,
        date_fin=s.date_fin,
        aujourd_hui=aujourd_hui(),
    )
    return designation.premier_refus(verdicts)


def _habilitations(
    sessions: Sequence[SessionCertification], remplacements: Remplacements
) -> dict[tuple[int, int | None], list[HabilitationJugee]]:
    entites = {s.entite_id for s in sessions}
    niveaux = {s.niveau_id for s in sessions}
    ids = {"entites": [*entites], "niveaux": [*niveaux]}
    par_niveau: dict[tuple[int, int | None], list[HabilitationJugee]] = defaultdict(list)
    for h in db.session.scalars(_DES_ENTITES, ids):
        par_niveau[h.entite_id, h.niveau_id].append(remplacements.habilitations.get(h.id, h))
    return par_niveau


def qualifications_de(
    individus: Sequence[int], remplacements: Remplacements | None = None
) -> dict[int, list[QualificationJugee]]:
    """Their qualifications, by person, past ones included; none for whoever has none."""
    remplacees = remplacements.qualifications if remplacements else {}
    par_individu: dict[int, list[QualificationJugee]] = defaultdict(list)
    for q in db.session.scalars(_DES_FORMATEURS, {"individus": individus}):
        par_individu[q.individu_id].append(remplacees.get(q.id, q))
    return par_individu


def roles_exerces(individus: Sequence[int]) -> dict[int, bool]:
    """Of those who have, or had, a formateur role: whether it is in force today (R3)."""
    lus = db.session.execute(_ROLES_DE_FORMATEUR, {"individus": individus})
    return {individu.id: _exerce(role, individu) for role, individu in lus}


def _exerce(role: Role, individu: Individu) -> bool:
    jour = aujourd_hui()
    return regles.role_actif(role.actif, role.fin_le, jour) and regles.role_actif(
        individu.actif, individu.fin_le, jour
    )


def exiger_lieu(session_certif: SessionCertification) -> None:
    """R13's rights to the place, judged on the data now in force.

    Raises:
        Refus, SaisieInvalide: the dispositif does not allow this place, or the platform is not one that is
            active at F.
    """
    if session_certif.niveau is None or session_certif.lieu_type is None:
        raise ValueError("R13 needs a niveau and a kind of place")
    dispositif = session_certif.niveau.dispositif
    lieux.verifier_type_de_lieu(session_certif.lieu_type, dispositif.plateforme_requise)
    if session_certif.lieu_type is TypeLieu.PLATEFORME:
        plateformes = plateformes_de(session_certif.entite_id, dispositif.id)
        lieux.verifier_plateforme(session_certif.plateforme_id, plateformes, session_certif.date_fin)
