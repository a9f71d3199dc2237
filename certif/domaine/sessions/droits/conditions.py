"""R1, R2, R3 judged on a session with the data now in force: what blocks it, and what forbids a move."""

from collections.abc import Callable, Collection, Iterable, Mapping, Sequence
from dataclasses import dataclass, field

from certif.domaine.erreurs import Refus, SaisieInvalide
from certif.domaine.referentiel.lectures import plateformes_de
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.droits.lecture import Droits, Formateur, lire_droits, lire_formateurs
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.regles import completude, couverture, delais, designation, lieux
from certif.domaine.sessions.regles.couverture import Habilitation as HabilitationJugee
from certif.domaine.sessions.regles.designation import Qualification as QualificationJugee
from certif.domaine.sessions.regles.designation import Verdict
from certif.domaine.sessions.valeurs import TypeLieu
from certif.socle.horloge import aujourd_hui

SOUMISES = (Etat.VALIDATION_FORMATEUR, Etat.VALIDATION_ENTITE)
"""Where R2 and R3 can block a session that left the saisie."""
JUGEES = (Etat.SAISIE, *SOUMISES)
"""After *Générer*, no rule is judged again (R6)."""

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
    exiger_droits(session_certif)


def empechements(session_certif: SessionCertification, droits: Droits | None = None) -> dict[str, str]:
    """All that forbids submitting now, field by field in the order of the screens; empty when nothing does.

    What is missing (`regles.manques`), then R1, R2, R3 and R13 on the fields that are filled. `droits`: those
    of the session, where they are read already.
    """
    trouves = completude.manques(session_certif)
    droits = droits or lire_droits([session_certif])
    juges: tuple[tuple[str, tuple[str, ...], Callable[[SessionCertification], object]], ...] = (
        ("date_fin", ("date_fin",), exiger_fenetre),
        ("lieu_type", ("niveau_id", *_LIEU, "date_fin"), exiger_lieu),
        ("niveau_id", ("niveau_id", "date_fin"), lambda s: exiger_habilitation(s, droits)),
        (
            "formateur_id",
            ("niveau_id", "date_fin", "formateur_id"),
            lambda s: exiger_qualification(s, droits),
        ),
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


def exiger_droits(session_certif: SessionCertification) -> None:
    """R2, then R3 on the declared formateur.

    Raises:
        Refus: one of them does not hold.
    """
    droits = lire_droits([session_certif])
    exiger_habilitation(session_certif, droits)
    exiger_qualification(session_certif, droits)


def exiger_habilitation(session_certif: SessionCertification, droits: Droits | None = None) -> Habilitation:
    """R2: the habilitation that covers F, to be frozen on the certificates.

    Raises:
        Refus: none covers F.
    """
    if session_certif.niveau is None or session_certif.date_fin is None:
        raise ValueError("R2 needs a niveau and an end date")
    siennes = (droits or lire_droits([session_certif])).de(session_certif)
    return couverture.habilitation_couvrante(
        siennes, session_certif.date_fin, session_certif.niveau.libelle, aujourd_hui()
    )


def exiger_qualification(session_certif: SessionCertification, droits: Droits | None = None) -> None:
    """R3 on the declared formateur.

    Raises:
        Refus: one of the four checks fails.
    """
    if session_certif.formateur_id is None:
        raise ValueError("R3 needs a formateur")
    formateurs = (droits or lire_droits([session_certif])).formateurs
    verdicts = _verdicts(session_certif, formateurs.get(session_certif.formateur_id))
    if not designation.accepte(verdicts):
        raise Refus(designation.premier_refus(verdicts) or "", "R3")


def verdicts_de(session_certif: SessionCertification, individu_id: int) -> list[Verdict]:
    """R3's four checks on a person, for the session's niveau and F."""
    return verdicts_des(session_certif, [individu_id])[individu_id]


def verdicts_des(
    session_certif: SessionCertification, individus: Collection[int]
) -> dict[int, list[Verdict]]:
    """R3's four checks on each of these persons, for the session's niveau and F; one query in all."""
    formateurs = lire_formateurs(individus)
    return {individu_id: _verdicts(session_certif, formateurs.get(individu_id)) for individu_id in individus}


def verdicts_personne_inconnue(session_certif: SessionCertification) -> list[Verdict]:
    """R3's four checks when nobody was found."""
    return _verdicts(session_certif, None)


def blocages(sessions: Iterable[SessionCertification], droits: Droits | None = None) -> dict[int, str]:
    """What R2 or R3 would refuse now, by session number, for submitted sessions; two queries in all."""
    return refus_des_droits([s for s in sessions if s.etat in SOUMISES], droits)


def refus_des_droits(
    sessions: Sequence[SessionCertification],
    droits: Droits | None = None,
    remplacements: Remplacements | None = None,
) -> dict[int, str]:
    """What R2, then R3 where somebody is named, refuse at F, by session number, whatever the state.

    With `remplacements`, as it would be if these rows stood in the place of those of the same id. `droits`:
    those of these sessions, where they are read already; two queries otherwise. Nothing is written.
    """
    droits = droits or lire_droits(sessions)
    remplacements = remplacements or Remplacements()
    refus = {s.numero: _refus(s, droits, remplacements) for s in sessions}
    return {numero: message for numero, message in refus.items() if message}


def _refus(s: SessionCertification, droits: Droits, remplacements: Remplacements) -> str | None:
    if s.niveau is None or s.date_fin is None:
        return None
    habilitations = [remplacements.habilitations.get(h.id, h) for h in droits.de(s)]
    try:
        couverture.habilitation_couvrante(habilitations, s.date_fin, s.niveau.libelle, aujourd_hui())
    except Refus as refus:
        return refus.message
    if s.formateur_id is None:
        return None
    return designation.premier_refus(_verdicts(s, droits.formateurs.get(s.formateur_id), remplacements))


def _verdicts(
    s: SessionCertification, formateur: Formateur | None, remplacements: Remplacements | None = None
) -> list[Verdict]:
    """R3's four checks on who was, or was not, found for this session."""
    if s.niveau is None or s.date_fin is None:
        raise ValueError("R3 needs a niveau and an end date")
    remplacements = remplacements or Remplacements()
    qualifications = formateur.qualifications if formateur else ()
    return designation.verifier_formateur(
        trouvee=formateur is not None,
        role_actif=formateur is not None
        and formateur.role_actif
        and s.formateur_id not in remplacements.sans_role,
        qualifications=[remplacements.qualifications.get(q.id, q) for q in qualifications],
        niveau=s.niveau,
        date_fin=s.date_fin,
        aujourd_hui=aujourd_hui(),
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
