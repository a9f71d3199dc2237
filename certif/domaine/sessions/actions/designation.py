"""Naming the formateur of a session: `Lancer la vérification` (R3, R4)."""

from dataclasses import dataclass, field
from datetime import timedelta

from sqlalchemy import func, select

from certif.domaine import conservation
from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.erreurs import SaisieInvalide, TropDeTentatives
from certif.domaine.libelles.sessions import droits
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Entite, Individu, Role
from certif.domaine.personnes.numeros_forprev import designe
from certif.domaine.sessions.annonces import annoncer_retrait, formateur_a_prevenir
from certif.domaine.sessions.declaration.recents import declare_recemment
from certif.domaine.sessions.droits.conditions import verdicts_de, verdicts_personne_inconnue
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_recherche import RechercheFormateur
from certif.domaine.sessions.modification import conclure, ouvrir
from certif.domaine.sessions.portee import charger
from certif.domaine.sessions.regles import designation
from certif.domaine.sessions.regles.designation import Recherche, Verdict
from certif.domaine.sessions.retour import reprise_par_l_entite, soumise_a
from certif.socle.base.extensions import db
from certif.socle.base.lots import effacer_par_lots
from certif.socle.base.transaction import transaction
from certif.socle.base.verrou import attendre
from certif.socle.chiffrement import empreinte_secrete
from certif.socle.horloge import instant_reel

JAMAIS_FAITE = "semblable"
"""`verification_a_relancer` of a formateur whom no click of this session verified yet."""


@dataclass(frozen=True)
class RechercheSaisie:
    """What was typed in the search form, as typed."""

    numero: str = ""
    nom: str = ""
    prenom: str = ""
    date_naissance: str = ""


@dataclass(frozen=True)
class Verification:
    """What a search says: the four verdicts, and of the person only NOM Prénom and N° (R4).

    `identite` is empty when naming the person would tell more than was asked; `conclusion` when refused.
    """

    verdicts: list[Verdict] = field(default_factory=list)
    identite: str = ""
    numero: str = ""
    conclusion: str = ""

    @property
    def acceptee(self) -> bool:
        return bool(self.conclusion)


def verifier_et_declarer(acteur: Acteur, numero: int, version: int, saisie: RechercheSaisie) -> Verification:
    """Search a formateur, run the four checks and, when all hold, declare them for the session.

    A refused search changes nothing but the count of searches.

    Raises:
        SaisieInvalide: malformed search, contradictory fields, homonyms, or no niveau or F to judge with.
        TropDeTentatives: 20 searches an hour for this person, 60 for their entité.
    """
    with transaction():
        session_certif = ouvrir(acteur, numero, version, Action.ENREGISTRER, ["formateur", str(saisie)])
        if session_certif is None:
            return verification_du_formateur(charger(acteur, numero)) or Verification()
        if session_certif.niveau is None or session_certif.date_fin is None:
            raise SaisieInvalide({"numero": [droits.VERIFICATION_IMPOSSIBLE]})
        recherche = designation.lire_recherche(
            saisie.numero, saisie.nom, saisie.prenom, saisie.date_naissance
        )
        trouves = _chercher(recherche)
        erreur = _erreur_de_recherche(recherche, trouves)
        if erreur or not _deja_connu(session_certif, recherche, trouves):
            _compter(acteur, recherche)
        individu = trouves[0] if len(trouves) == 1 else None
        verification = _verifier(session_certif, individu, par_identite=recherche.par_identite)
        if individu is not None and verification.acceptee and not erreur:
            _nommer(session_certif, individu.id)
            conclure(
                session_certif,
                acteur,
                Action.ENREGISTRER,
                contenu=["formateur", str(saisie)],
                details=["formateur"],
            )
    # Raised once the count of searches is kept.
    if erreur:
        raise SaisieInvalide({"numero": [erreur]})
    return verification


def verifier_le_repris(session_certif: SessionCertification) -> None:
    """R4: a formateur taken over from a session or a model is verified as soon as there is an F to judge at.

    No verdict was given yet in this session, hence none is cleared: whoever changes F later has it verified
    again. Refused, they stay to be verified.
    """
    db.session.flush()
    db.session.expire(session_certif, ["niveau"])  # it may just have changed
    verification = verification_du_formateur(session_certif)
    if verification is not None and verification.acceptee:
        session_certif.verification_a_relancer = None


def verification_du_formateur(session_certif: SessionCertification) -> Verification | None:
    """The verdicts on the formateur already declared, with the data now in force; None without one."""
    formateur = session_certif.formateur
    if formateur is None or session_certif.niveau is None or session_certif.date_fin is None:
        return None
    return _verifier(session_certif, formateur, par_identite=True)


def _nommer(session_certif: SessionCertification, individu_id: int) -> None:
    """Make this person the formateur; whoever they replace loses access at once and is told (R9).

    `soumise_le` follows: for someone who never had the session, it was not submitted yet.
    """
    if session_certif.formateur_id != individu_id:
        remplace = formateur_a_prevenir(session_certif)
        if remplace is not None and not reprise_par_l_entite(session_certif):
            annoncer_retrait(session_certif, remplace.id)
        session_certif.formateur_id = individu_id
        session_certif.soumise_le = soumise_a(session_certif, individu_id)
    session_certif.verification_a_relancer = None


def _verifier(
    session_certif: SessionCertification, individu: Individu | None, *, par_identite: bool
) -> Verification:
    if individu is None:
        return Verification(verdicts_personne_inconnue(session_certif))
    verdicts = verdicts_de(session_certif, individu.id)
    nommable = par_identite or verdicts[1].reussi
    return Verification(
        verdicts,
        identite=nom_affiche(individu.nom, individu.prenom) if nommable else "",
        numero=individu.numero if nommable else "",
        conclusion=designation.conclusion(verdicts, individu.nom, individu.prenom, individu.numero) or "",
    )


def _chercher(recherche: Recherche) -> list[Individu]:
    """Persons who have or had a formateur role and match; two are enough to know that it is ambiguous.

    The N° of a merged person leads to the one who remains; who was erased is nobody any more.
    """
    requete = (
        select(Individu)
        .join(Individu.roles)
        .where(Role.type == TypeRole.FORMATEUR, Individu.efface_le.is_(None))
        .order_by(Individu.id)
        .limit(2)
    )
    if recherche.numero is not None:
        requete = requete.where(Individu.id == designe(recherche.numero))
    else:
        requete = requete.where(
            Individu.fusionne_dans_id.is_(None),
            Individu.cle_nom == recherche.cle_nom,
            Individu.cle_prenom == recherche.cle_prenom,
            Individu.date_naissance == recherche.date_naissance,
        )
    return list(db.session.scalars(requete))


def _erreur_de_recherche(recherche: Recherche, trouves: list[Individu]) -> str:
    if len(trouves) > 1:
        return droits.HOMONYMES
    if recherche.numero is None or not recherche.par_identite or not trouves:
        return ""
    trouve = trouves[0]
    demandee = (recherche.cle_nom, recherche.cle_prenom, recherche.date_naissance)
    concorde = (trouve.cle_nom, trouve.cle_prenom, trouve.date_naissance) == demandee
    return "" if concorde else droits.RECHERCHE_CONTRADICTOIRE


def _deja_connu(session_certif: SessionCertification, recherche: Recherche, trouves: list[Individu]) -> bool:
    """Whether the search tells nothing that the page does not show: it counts for none (R4).

    The formateur already named; or, by their N° alone, one of those that the page offers in one tap. A
    contradiction is another matter, whoever it is about: it says whether a guess is right.
    """
    ids = [individu.id for individu in trouves]
    if ids == [session_certif.formateur_id]:
        return True
    return bool(ids) and not recherche.par_identite and declare_recemment(session_certif.entite_id, ids[0])


def oublier_les_recherches() -> None:
    """Erase the searches that no throttle counts any more."""
    avant = instant_reel() - conservation.RECHERCHES.duree.delta
    effacer_par_lots(RechercheFormateur, RechercheFormateur.quand < avant)


def _compter(acteur: Acteur, recherche: Recherche) -> None:
    """Count a search against the person and their entité; real time, so that no shifted clock resets it."""
    depuis = instant_reel() - timedelta(hours=1)
    if acteur.entite_id is None:
        raise ValueError("only an entité searches for a formateur")
    # Searches of one entité are counted one after the other: many at once would all see the same count.
    attendre(select(Entite.id).filter_by(id=acteur.entite_id), cle_seule=True)
    recentes = select(func.count()).select_from(RechercheFormateur).where(RechercheFormateur.quand > depuis)
    limites = (
        (RechercheFormateur.individu_id == acteur.individu_id, designation.RECHERCHES_PAR_HEURE),
        (RechercheFormateur.entite_id == acteur.entite_id, designation.RECHERCHES_PAR_HEURE_ENTITE),
    )
    for condition, limite in limites:
        if (db.session.scalar(recentes.where(condition)) or 0) >= limite:
            raise TropDeTentatives(droits.trop_de_recherches(limite))
    db.session.add(
        RechercheFormateur(
            individu_id=acteur.individu_id,
            entite_id=acteur.entite_id,
            quand=instant_reel(),
            cle=empreinte_secrete(
                recherche.numero or "",
                recherche.cle_nom,
                recherche.cle_prenom,
                str(recherche.date_naissance or ""),
            ),
        )
    )
