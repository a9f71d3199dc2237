"""The overview as its page and its workbook read it: the same rows, in the same words."""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, datetime

from flask import url_for

from certif.domaine.acteur import Acteur
from certif.domaine.certificats.impression import Impression, impressions
from certif.domaine.demandes.modeles import Demande
from certif.domaine.libelles.demandes.demandes import ETATS as ETATS_DES_DEMANDES
from certif.domaine.libelles.sessions import ensemble as textes
from certif.domaine.libelles.sessions.etats import ETATS
from certif.domaine.noms import nom_affiche
from certif.domaine.sessions.ensemble.attentes import Attentes, SessionEnAttente, attentes
from certif.domaine.sessions.ensemble.fins_de_droits import FinDeDroit, fins_de_droits
from certif.domaine.sessions.ensemble.mois import (
    A_L_ECRAN,
    SESSIONS_MAX,
    Mois,
    SessionEffacee,
    sessions_du_mois,
)
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.temps import ajouter_mois, date_de, format_date
from certif.socle.horloge import aujourd_hui
from certif.web.adresses import adresses
from certif.web.demandes.liste import GENRES, TITRE_COURT, tour_de

_HABILITATION = "Habilitation de l’entité"
_EFFACEE = "Effacée, bilan gardé"
_DEMANDE = "Demande"


@dataclass(frozen=True, slots=True)
class LigneAttente:
    """`genre` is the hue of its state."""

    quoi: str
    certificat: str
    href: str
    fin: date | None
    depuis: datetime
    genre: str
    etat: str
    tour: str
    a_moi: bool
    bloquee: bool = False


@dataclass(frozen=True, slots=True)
class LigneFin:
    """One right that ends; `href` leads to the entité's own."""

    qui: str
    niveau: str
    fin: date
    href: str = ""


@dataclass(frozen=True, slots=True)
class LigneMois:
    """One session of the month; `href` is "" once it is erased."""

    fin: date
    numero: str
    href: str
    certificat: str
    lieu: str
    formateur: str
    stagiaires: str
    genre: str
    etat: str


@dataclass(frozen=True, slots=True)
class VueEnsemble:
    """What `templates/entite/ensemble.html` reads; `reste` and `incomplet` say what is not shown.

    `precedent` and `suivant` are "" where no session lies that way: months do not go on for ever.
    """

    mois: date
    titre_du_mois: str
    precedent: str
    suivant: str
    ce_mois: str
    classeur: str
    attentes: Sequence[LigneAttente]
    reste: str
    fins: Sequence[LigneFin]
    sessions: Sequence[LigneMois]
    incomplet: str

    @property
    def feuilles(self) -> dict[str, list[list[str]]]:
        """Each table of the page as a sheet, headings first."""
        return {
            textes.ATTENTES: [
                [*textes.COLONNES_ATTENTES],
                *(
                    [a.quoi, a.certificat, _ecrite(a.fin), _ecrite(date_de(a.depuis)), a.etat, a.tour]
                    for a in self.attentes
                ),
            ],
            textes.FINS: [[*textes.COLONNES_FINS], *([f.qui, f.niveau, _ecrite(f.fin)] for f in self.fins)],
            self.titre_du_mois: [
                [*textes.COLONNES_MOIS],
                *(
                    [_ecrite(s.fin), s.numero, s.certificat, s.lieu, s.formateur, s.stagiaires, s.etat]
                    for s in self.sessions
                ),
            ],
        }


def _ecrite(jour: date | None) -> str:
    return format_date(jour) if jour else ""


def _adresse(entite_id: int, jour: date) -> str:
    """The page of this day's month."""
    return url_for("entite.ensemble", entite_id=entite_id, mois=f"{jour:%Y-%m}")


def vue_ensemble(acteur: Acteur, entite_id: int, premier_jour: date, combien: int = A_L_ECRAN) -> VueEnsemble:
    """Everything, in a number of queries that does not depend on how much there is.

    At most `combien` sessions of the month.
    """
    jour = aujourd_hui()
    attendues = attentes(acteur, jour)
    mois, ce_mois = sessions_du_mois(acteur, premier_jour, combien), jour.replace(day=1)
    return VueEnsemble(
        mois=premier_jour,
        titre_du_mois=textes.sessions_de(premier_jour),
        precedent=_adresse(entite_id, ajouter_mois(premier_jour, -1)) if mois.avant else "",
        suivant=_adresse(entite_id, ajouter_mois(premier_jour, 1)) if mois.apres else "",
        ce_mois="" if premier_jour == ce_mois else _adresse(entite_id, ce_mois),
        classeur=url_for("entite.ensemble_classeur", entite_id=entite_id, mois=f"{premier_jour:%Y-%m}"),
        attentes=_attentes(acteur, entite_id, attendues),
        reste=textes.les_premieres(len(attendues.sessions), attendues.total)
        if attendues.total > len(attendues.sessions)
        else "",
        fins=[_fin(entite_id, fin) for fin in fins_de_droits(entite_id, jour)],
        sessions=_mois(entite_id, mois),
        incomplet="" if mois.entier else textes.mois_incomplet(combien, SESSIONS_MAX),
    )


def _attentes(acteur: Acteur, entite_id: int, attendues: Attentes) -> list[LigneAttente]:
    """Demandes first: they are few, and hold up the rest."""
    ouvre = adresses("entite.ouvrir", "numero", entite_id=entite_id)
    return [
        *(_demande(acteur, entite_id, d, empechee=empechee) for d, empechee in attendues.demandes),
        *(_session(ouvre, attente) for attente in attendues.sessions),
    ]


def _demande(acteur: Acteur, entite_id: int, demande: Demande, *, empechee: bool) -> LigneAttente:
    tour = tour_de(demande, acteur, empechee=empechee)
    objet = demande.niveau.libelle if demande.niveau is not None else TITRE_COURT
    return LigneAttente(
        quoi=_DEMANDE,
        certificat=objet,
        href=url_for("entite.demande", entite_id=entite_id, demande_id=demande.id),
        fin=None,
        depuis=demande.modifiee_le,
        genre=GENRES.get(demande.etat, "attente"),
        etat=ETATS_DES_DEMANDES[demande.etat],
        tour=tour.texte,
        a_moi=tour.a_moi,
    )


def _session(ouvre: Callable[[int], str], attente: SessionEnAttente) -> LigneAttente:
    s = attente.session_certif
    return LigneAttente(
        quoi=textes.session(s.numero),
        href=ouvre(s.numero),
        certificat=s.certificat.libelle if s.certificat else "",
        fin=s.date_fin,
        depuis=attente.depuis,
        genre=s.etat.value,
        etat=ETATS[s.etat],
        tour=attente.tour.texte,
        a_moi=attente.tour.a_moi,
        bloquee=attente.bloquee,
    )


def _fin(entite_id: int, fin: FinDeDroit) -> LigneFin:
    if fin.qui is not None:
        return LigneFin(nom_affiche(fin.qui.nom, fin.qui.prenom), fin.niveau, fin.fin)
    return LigneFin(_HABILITATION, fin.niveau, fin.fin, url_for("entite.habilitations", entite_id=entite_id))


def _mois(entite_id: int, mois: Mois) -> list[LigneMois]:
    """By F, then by number."""
    imprimees, ouvre = impressions(mois.sessions), adresses("entite.ouvrir", "numero", entite_id=entite_id)
    lignes = [
        (
            (s.date_fin, s.numero),
            _du_mois(ouvre(s.numero), s, s.date_fin, imprimees.get(s.numero), mois.stagiaires),
        )
        for s in mois.sessions
        if s.date_fin is not None
    ]
    lignes += [((b.date_fin, b.numero), _effacee(b)) for b in mois.effacees]
    return [ligne for _, ligne in sorted(lignes, key=lambda x: x[0])]


def _du_mois(
    href: str,
    s: SessionCertification,
    fin: date,
    impression: Impression | None,
    stagiaires: dict[int, int],
) -> LigneMois:
    """What was issued, in the words that were printed."""
    certificat = s.certificat.libelle if s.certificat else ""
    formateur = nom_affiche(s.formateur.nom, s.formateur.prenom) if s.formateur else ""
    return LigneMois(
        fin=fin,
        numero=textes.session(s.numero),
        href=href,
        certificat=str(impression.emission.libelle) if impression else certificat,
        lieu=impression.lieu if impression else s.lieu,
        formateur=impression.formateur if impression else formateur,
        stagiaires=str(stagiaires.get(s.numero, 0)),
        genre=s.etat.value,
        etat=ETATS[s.etat],
    )


def _effacee(b: SessionEffacee) -> LigneMois:
    return LigneMois(
        fin=b.date_fin,
        numero=textes.session(b.numero),
        href="",
        certificat=b.certificat,
        lieu=b.lieu,
        formateur=nom_affiche(b.formateur.nom, b.formateur.prenom),
        stagiaires=textes.reussites(b.stagiaires, b.reussites),
        genre="neutre",
        etat=_EFFACEE,
    )
