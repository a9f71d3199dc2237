"""*Annuler et refaire* as the tab of the certificates shows it: the choice, its recap, what was cancelled."""

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field

from flask import url_for

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.certificats.annulation import Annulation
from certif.domaine.certificats.lectures import Annulations
from certif.domaine.certificats.modeles import CertificatEmis
from certif.domaine.certificats.production.emis import en_vigueur
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.erreurs import ErreurMetier, SaisieInvalide, VersionPerimee
from certif.domaine.libelles.certificats import annulation as textes
from certif.domaine.libelles.sessions.refus import ACTION_IMPOSSIBLE
from certif.domaine.libelles.typographie import francais
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.etats import Action
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.presentation import peut_essayer
from certif.domaine.sessions.valeurs import MotifAnnulation
from certif.web.entite.session.onglets import adresse_onglet

_RENONCER = francais("Ne rien annuler")


@dataclass(frozen=True, slots=True)
class Titulaire:
    """One certificate and its holder."""

    id: int
    nom: str
    numero: str


@dataclass(frozen=True, slots=True)
class ChoixAnnulation:
    """What `templates/entite/_annulation.html` reads."""

    introduction: str
    certificats: Sequence[Titulaire]
    tous: str
    adresse: str
    erreurs: Sequence[str]


@dataclass(frozen=True, slots=True)
class CertificatAnnule:
    """One line of what was cancelled."""

    nom: str
    numero: str
    quand: str
    precisions: str


@dataclass(frozen=True, slots=True)
class Annules:
    """What `templates/entite/_annules.html` reads; `sessions`: those that correct, and their addresses."""

    titre: str
    certificats: Sequence[CertificatAnnule]
    sessions: Sequence[tuple[str, str]]


@dataclass(frozen=True, slots=True)
class RecapitulatifAnnulation:
    """What `templates/entite/_annulation_recapitulatif.html` reads; without `poste`, nothing to confirm."""

    numero: int
    version: int
    titre: str
    certificats: Sequence[Titulaire]
    effets: Sequence[str]
    refaire_aide: str
    poste: str
    retour: str
    saisie: Annulation
    motifs: Sequence[tuple[str, str]] = tuple(MotifAnnulation.options())
    public: str = textes.PUBLIC
    precisions_aide: str = textes.PRECISIONS_AIDE
    refaire: str = textes.REFAIRE
    bouton: str = textes.CONFIRMER
    renoncer: str = _RENONCER
    erreurs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    erreur: str = ""
    changements: Sequence[str] = ()


def choix_annulation(
    session_certif: SessionCertification,
    acteur: Acteur,
    certificats: Sequence[CertificatEmis],
    erreur: ErreurMetier | None = None,
) -> ChoixAnnulation | None:
    """The certificates that this actor may cancel now; None when there is none, or when it is not theirs."""
    if not peut_essayer(session_certif, acteur, Action.ANNULER_ET_REFAIRE):
        return None
    titulaires = [_titulaire(emis) for emis in certificats]
    refus = erreur.champs.get("certificat", []) if isinstance(erreur, SaisieInvalide) else []
    return ChoixAnnulation(
        introduction=textes.INTRODUCTION,
        certificats=titulaires,
        tous=textes.tous(len(titulaires)) if len(titulaires) > 1 else "",
        adresse=_adresse("confirmer_annulation", session_certif),
        erreurs=refus,
    )


def annules_de(
    session_certif: SessionCertification, acteur: Acteur, annulations: Annulations
) -> Annules | None:
    """What was cancelled, as this actor may read it: the private text is the gestionnaires' (R14)."""
    if not annulations.certificats:
        return None
    prive = acteur.role is TypeRole.GESTIONNAIRE
    return Annules(
        titre=textes.titre_annules(len(annulations.certificats)),
        certificats=[
            CertificatAnnule(
                nom=_nom(annule.emis),
                numero=presenter(annule.emis.numero),
                quand=textes.annule_le(annule.annule_le, annule.motif) if annule.annule_le else "",
                precisions=textes.entre_guillemets(annule.precisions) if prive and annule.precisions else "",
            )
            for annule in annulations.certificats
        ],
        sessions=[
            (
                textes.session_rectificative(numero, session_certif.numero),
                url_for("entite.ouvrir", entite_id=session_certif.entite_id, numero=numero),
            )
            for numero in annulations.rectificatives
        ],
    )


def recapitulatif_annulation(
    session_certif: SessionCertification,
    acteur: Acteur,
    saisie: Annulation,
    erreur: ErreurMetier | None = None,
) -> RecapitulatifAnnulation:
    """What cancelling these certificates will do; those that no longer can be are left out."""
    s = session_certif
    possible = peut_essayer(s, acteur, Action.ANNULER_ET_REFAIRE)
    tous = en_vigueur(s.numero) if possible else []
    choisis = [_titulaire(emis) for emis in tous if emis.id in saisie.certificats]
    message = _message(erreur) if choisis else ACTION_IMPOSSIBLE
    return RecapitulatifAnnulation(
        numero=s.numero,
        version=s.version,
        titre=textes.titre(len(choisis)),
        certificats=choisis,
        effets=textes.effets(len(choisis), len(tous) - len(choisis)) if choisis else [],
        refaire_aide=textes.effet_refaire(len(choisis)),
        poste=_adresse("annuler_certificats", s) if choisis else "",
        retour=adresse_onglet(s, "telechargements"),
        saisie=saisie,
        erreurs=erreur.champs if isinstance(erreur, SaisieInvalide) else {},
        erreur=message,
        changements=erreur.changements if isinstance(erreur, VersionPerimee) else (),
    )


def ids_en_vigueur(session_certif: SessionCertification, choisis: Collection[int] | None) -> tuple[int, ...]:
    """Of these certificates, or of all when None, those that are in force."""
    return tuple(
        emis.id for emis in en_vigueur(session_certif.numero) if choisis is None or emis.id in choisis
    )


def _message(erreur: ErreurMetier | None) -> str:
    return erreur.message if erreur and not isinstance(erreur, SaisieInvalide) else ""


def _titulaire(emis: CertificatEmis) -> Titulaire:
    return Titulaire(emis.id, _nom(emis), presenter(emis.numero))


def _nom(emis: CertificatEmis) -> str:
    return nom_affiche(emis.stagiaire.nom, emis.stagiaire.prenom)


def _adresse(vue: str, s: SessionCertification) -> str:
    return url_for(f"entite.{vue}", entite_id=s.entite_id, numero=s.numero)
