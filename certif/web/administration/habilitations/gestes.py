"""What the administrateur does to an habilitation; the sessions that it blocks are said first."""

from dataclasses import dataclass, replace
from datetime import date

from certif.domaine.acteur import Acteur
from certif.domaine.libelles.referentiel import habilitations as textes
from certif.domaine.referentiel import habilitations, plateformes, regles
from certif.domaine.referentiel.lectures import plateformes_de
from certif.domaine.referentiel.modeles import Habilitation, Suspension
from certif.domaine.sessions.droits.consequences import HabilitationChangee, brouillons_apres
from certif.socle.horloge import aujourd_hui
from certif.web.fiches import Choix, Date, Geste, Recapitulatif, Texte
from certif.web.sessions.bloquees import recapituler, recapituler_brouillons

SUSPENSIONS, PLATEFORMES = "Suspensions", "Plateformes pédagogiques"
"""Sections of the record, with what is done there."""


@dataclass(frozen=True, slots=True)
class SuspensionProjetee:
    """A suspension that is not written yet."""

    debut: date
    fin: date | None


def _choix_de_suspension(h: Habilitation, quelles: list[Suspension]) -> Choix:
    options = [(str(s.id), textes.periode(s.debut, s.fin)) for s in quelles]
    return Choix(nom="suspension_id", libelle="Suspension", options=options)


def _terminables(h: Habilitation) -> list[Suspension]:
    return [s for s in h.suspensions if s.fin is None or s.debut < s.fin]


def _seule(quelles: list[Suspension]) -> dict[str, int]:
    return {"suspension_id": quelles[0].id} if len(quelles) == 1 else {}


def _choix_de_plateforme(h: Habilitation) -> Choix:
    connues = plateformes_de(h.entite_id, h.niveau.dispositif_id)
    options = [(str(p.id), f"{p.libelle}, {textes.periode(p.debut, p.fin)}") for p in connues]
    return Choix(nom="plateforme_id", libelle="Plateforme", options=options)


def _recapituler_suspension(_: Acteur, h: Habilitation, du: date, au: date | None) -> Recapitulatif:
    regles.verifier_suspension(h, h.suspensions, du, au)
    changee = HabilitationChangee.de(h)
    changee = replace(changee, suspensions=(*changee.suspensions, SuspensionProjetee(du, au)))
    return recapituler(_phrase(h, textes.suspendue(du, au)), [changee])


def _recapituler_retrait(_: Acteur, h: Habilitation, retrait_le: date) -> Recapitulatif:
    regles.verifier_retrait(h, retrait_le)
    changee = replace(HabilitationChangee.de(h), retrait_le=retrait_le)
    return recapituler(_phrase(h, textes.retiree_a_compter(retrait_le)), [changee])


def _recapituler_correction(_: Acteur, h: Habilitation, numero: str, debut: date, fin: date) -> Recapitulatif:
    lu = regles.lire_numero(numero)
    regles.verifier_correction(h, h.suspensions, debut, fin)
    changee = replace(HabilitationChangee.de(h), debut=debut, fin=fin)
    return recapituler(_phrase(h, textes.corrigee(lu, debut, fin)), [changee])


def _recapituler_fermeture(_: Acteur, h: Habilitation, plateforme_id: str, fin: date) -> Recapitulatif:
    plateforme = plateformes.a_fermer(h, plateforme_id, fin)
    phrase = textes.plateforme_fermee(plateforme.libelle, h.entite.raison_sociale, fin)
    return recapituler_brouillons(phrase, brouillons_apres(plateforme.id, fin))


def _phrase(h: Habilitation, quoi: str) -> str:
    return textes.recapitulatif(quoi, h.niveau.libelle, h.entite.raison_sociale)


def _requiert_une_plateforme(h: Habilitation) -> bool:
    return h.niveau.dispositif.plateforme_requise


GESTES = (
    Geste(
        nom="prolonger",
        libelle="Prolonger",
        introduction=textes.PROLONGER,
        champs=lambda _: (Date(nom="fin", libelle="Nouvelle fin"),),
        valeurs=lambda h: {"fin": h.fin},
        offert=lambda h: h.retrait_le is None and h.niveau.dispositif.archive_le is None,
        appliquer=habilitations.prolonger,
        fait="L’habilitation est prolongée.",
        bouton="Prolonger",
    ),
    Geste(
        nom="corriger",
        libelle="Corriger le numéro ou les dates",
        introduction=textes.CORRIGER,
        champs=lambda _: (
            Texte(nom="numero", libelle="Numéro", maximum=100, autocomplete="off"),
            Date(nom="debut", libelle="Début"),
            Date(nom="fin", libelle="Fin"),
        ),
        valeurs=lambda h: {"numero": h.numero, "debut": h.debut, "fin": h.fin},
        recapituler=_recapituler_correction,
        offert=lambda h: h.retrait_le is None,
        appliquer=habilitations.corriger,
        fait="L’habilitation est corrigée.",
        bouton="Enregistrer la correction",
    ),
    Geste(
        nom="retirer",
        libelle="Retirer",
        introduction=textes.RETIRER,
        champs=lambda _: (Date(nom="retrait_le", libelle="À compter du"),),
        valeurs=lambda h: {"retrait_le": min(max(h.debut, aujourd_hui()), h.fin)},
        recapituler=_recapituler_retrait,
        offert=lambda h: h.retrait_le is None,
        appliquer=habilitations.retirer,
        fait="L’habilitation est retirée.",
        bouton="Retirer l’habilitation",
        danger=True,
    ),
    Geste(
        nom="annuler-le-retrait",
        libelle="Annuler le retrait",
        introduction=textes.ANNULER_LE_RETRAIT,
        offert=lambda h: h.retrait_le is not None,
        appliquer=habilitations.annuler_le_retrait,
        fait="Le retrait est annulé.",
        bouton="Annuler le retrait",
    ),
    Geste(
        nom="suspendre",
        libelle="Suspendre",
        introduction=textes.SUSPENDRE,
        champs=lambda _: (
            Date(nom="du", libelle="Premier jour suspendu"),
            Date(nom="au", libelle="Dernier jour suspendu", aide=textes.AU_AIDE, requis=False),
        ),
        recapituler=_recapituler_suspension,
        appliquer=habilitations.suspendre,
        fait="La suspension est enregistrée.",
        bouton="Suspendre l’habilitation",
        dans=SUSPENSIONS,
        danger=True,
    ),
    Geste(
        nom="terminer-la-suspension",
        libelle="Terminer une suspension",
        introduction=textes.TERMINER,
        champs=lambda h: (
            _choix_de_suspension(h, _terminables(h)),
            Date(nom="dernier_jour", libelle="Dernier jour suspendu"),
        ),
        valeurs=lambda h: _seule(_terminables(h)),
        offert=lambda h: bool(_terminables(h)),
        appliquer=habilitations.terminer_la_suspension,
        fait="La fin de la suspension est enregistrée.",
        dans=SUSPENSIONS,
    ),
    Geste(
        nom="supprimer-la-suspension",
        libelle="Supprimer une suspension",
        introduction=textes.SUPPRIMER,
        champs=lambda h: (_choix_de_suspension(h, list(h.suspensions)),),
        valeurs=lambda h: _seule(list(h.suspensions)),
        offert=lambda h: bool(h.suspensions),
        appliquer=habilitations.supprimer_la_suspension,
        fait="La suspension est supprimée.",
        bouton="Supprimer la suspension",
        dans=SUSPENSIONS,
    ),
    Geste(
        nom="declarer-une-plateforme",
        libelle="Déclarer une plateforme",
        introduction=textes.DECLARER_UNE_PLATEFORME,
        champs=lambda _: (
            Texte(nom="code_postal", libelle="Code postal", maximum=20, inputmode="numeric"),
            Texte(nom="ville", libelle="Ville", maximum=400),
            Date(nom="debut", libelle="À partir du"),
        ),
        offert=_requiert_une_plateforme,
        appliquer=plateformes.declarer,
        fait="La plateforme est déclarée.",
        bouton="Déclarer la plateforme",
        dans=PLATEFORMES,
    ),
    Geste(
        nom="fermer-une-plateforme",
        libelle="Fermer une plateforme",
        introduction=textes.FERMER_UNE_PLATEFORME,
        champs=lambda h: (_choix_de_plateforme(h), Date(nom="fin", libelle="Dernier jour")),
        offert=_requiert_une_plateforme,
        recapituler=_recapituler_fermeture,
        appliquer=plateformes.fermer,
        fait="La fermeture de la plateforme est enregistrée.",
        bouton="Fermer la plateforme",
        dans=PLATEFORMES,
    ),
)
