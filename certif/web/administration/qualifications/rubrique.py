"""QUALIFICATIONS: what each formateur may certify and until when; granted, extended, withdrawn."""

from dataclasses import replace
from datetime import date

from certif.domaine.acteur import Acteur
from certif.domaine.libelles import ecrans
from certif.domaine.libelles.referentiel import qualifications as textes
from certif.domaine.noms import nom_affiche
from certif.domaine.referentiel import qualifications
from certif.domaine.referentiel.lectures import niveaux_a_certifier
from certif.domaine.referentiel.modeles import Qualification
from certif.domaine.sessions.droits.consequences import QualificationChangee
from certif.domaine.temps import format_date
from certif.socle.horloge import aujourd_hui
from certif.web.administration.accueil import bp
from certif.web.fiches import (
    Badge,
    Champ,
    Choix,
    Colonne,
    Creation,
    Date,
    Fiche,
    Geste,
    Ligne,
    Puces,
    Recapitulatif,
    Rubrique,
    Section,
    Texte,
    inscrire,
)
from certif.web.sessions.bloquees import recapituler

CHAMPS_DE_DATES = (Date(nom="debut", libelle="Début"), Date(nom="fin", libelle="Fin"))


def etat(q: Qualification) -> Badge:
    """What it is today, in words."""
    jour = aujourd_hui()
    if q.retrait_le is not None:
        return Badge(
            "danger" if q.dernier_jour < max(jour, q.debut) else "attente", ecrans.retiree(q.retrait_le)
        )
    if q.fin < jour:
        return Badge("neutre", ecrans.terminee(q.fin))
    if q.debut > jour:
        return Badge("neutre", ecrans.a_venir(q.debut))
    if q.fin <= jour + qualifications.BIENTOT:
        return Badge("attente", textes.prend_fin(q.fin))
    return Badge("succes", "En vigueur")


def _qui(q: Qualification) -> str:
    return nom_affiche(q.individu.nom, q.individu.prenom)


def _ligne(q: Qualification) -> Ligne:
    return Ligne((_qui(q), q.individu.numero, q.niveau.libelle, q.debut, q.fin, etat(q)))


def _presenter(q: Qualification) -> Fiche:
    lignes = [
        ("Formateur", _qui(q)),
        ("N° Forprev", q.individu.numero),
        ("Dispositif niveau", q.niveau.libelle),
        ("Début", format_date(q.debut)),
        ("Fin", format_date(q.fin)),
    ]
    if q.retrait_le is not None:
        lignes.append(("Retirée à compter du", format_date(q.retrait_le)))
    titre = f"{_qui(q)}, {q.niveau.libelle}"
    sous = f"{q.niveau.dispositif.libelle}, niveau {q.niveau.numero}"
    return Fiche(titre, sous=sous, etat=etat(q), sections=(Section("Qualification", lignes),))


def choix_du_niveau(*, requis: bool = True) -> Choix:
    """Among the niveaux that formateurs certify today."""
    return Choix(nom="niveau", libelle="Dispositif niveau", options=_niveaux(), requis=requis)


def _niveaux() -> list[tuple[str, str]]:
    return [(str(n.id), n.libelle) for n in niveaux_a_certifier()]


def _criteres() -> tuple[Champ, ...]:
    return (choix_du_niveau(requis=False),)


def _champs(_: None) -> tuple[Champ, ...]:
    return (
        Texte(nom="numero", libelle="N° Forprev du formateur", aide=textes.AIDE_NUMERO, maximum=40),
        choix_du_niveau(),
        *CHAMPS_DE_DATES,
    )


def recapituler_l_accord(acteur: Acteur, numero: str, niveau: str, debut: date, fin: date) -> Recapitulatif:
    """What is about to be granted, to whom. Raises as `qualifications.verifier`."""
    accord = qualifications.verifier(acteur, numero, niveau, debut, fin)
    i = accord.individu
    qui = nom_affiche(i.nom, i.prenom)
    return Recapitulatif((textes.accord(qui, i.numero, accord.niveau.libelle, debut, fin),))


def _recapituler_dates(_: Acteur, q: Qualification, debut: date, fin: date) -> Recapitulatif:
    qualifications.verifier_les_dates(q, debut, fin)
    changee = replace(QualificationChangee.de(q), debut=debut, fin=fin)
    phrase = textes.accord(_qui(q), q.individu.numero, q.niveau.libelle, debut, fin)
    return recapituler(phrase, [changee], textes.SUITE_POUR_LES_ENTITES)


def _recapituler_retrait(_: Acteur, q: Qualification, retrait_le: date) -> Recapitulatif:
    qualifications.verifier_le_retrait(q, retrait_le)
    changee = replace(QualificationChangee.de(q), retrait_le=retrait_le)
    phrase = textes.retrait(_qui(q), q.niveau.libelle, retrait_le)
    return recapituler(phrase, [changee], textes.SUITE_POUR_LES_ENTITES)


def _tient(q: Qualification) -> bool:
    return q.retrait_le is None


QUALIFICATIONS = Rubrique(
    nom="qualifications",
    titre="Qualifications",
    singulier="qualification",
    pluriel="qualifications",
    recherche="nom, prénom ou N° Forprev",
    privee=True,
    soeurs=(("individus", "Chercher parmi les individus"),),
    criteres=_criteres,
    puces=(
        Puces(
            "etat",
            "Filtrer par état",
            (
                ("", "Toutes"),
                ("en-vigueur", "En vigueur"),
                ("bientot", "Fin dans 90 jours"),
                ("terminees", "Terminées"),
            ),
        ),
    ),
    colonnes=(
        Colonne("Formateur", tri="formateur"),
        Colonne("N° Forprev", classe="court"),
        Colonne("Dispositif niveau", tri="niveau", classe="court"),
        Colonne("Début", classe="court"),
        Colonne("Fin", tri="fin", classe="court"),
        Colonne("État"),
    ),
    lister=qualifications.lister,
    ligne=_ligne,
    charger=qualifications.charger,
    presenter=_presenter,
    creation=Creation(
        libelle="Accorder une qualification",
        champs=_champs,
        recapituler=recapituler_l_accord,
        appliquer=qualifications.accorder,
        fait="La qualification est accordée.",
        bouton="Accorder la qualification",
    ),
    gestes=(
        Geste(
            nom="prolonger",
            libelle="Prolonger",
            champs=lambda _: (Date(nom="fin", libelle="Nouvelle fin"),),
            valeurs=lambda q: {"fin": q.fin},
            offert=_tient,
            appliquer=qualifications.prolonger,
            fait="La qualification est prolongée.",
            bouton="Prolonger la qualification",
        ),
        Geste(
            nom="corriger",
            libelle="Corriger les dates",
            champs=lambda _: CHAMPS_DE_DATES,
            valeurs=lambda q: {"debut": q.debut, "fin": q.fin},
            offert=_tient,
            recapituler=_recapituler_dates,
            appliquer=qualifications.corriger,
            fait="Les dates sont corrigées.",
            bouton="Enregistrer ces dates",
        ),
        Geste(
            nom="retirer",
            libelle="Retirer",
            champs=lambda _: (Date(nom="retrait_le", libelle="À compter du", aide=textes.AIDE_RETRAIT),),
            valeurs=lambda q: {"retrait_le": min(aujourd_hui(), q.fin)},
            offert=_tient,
            recapituler=_recapituler_retrait,
            appliquer=qualifications.retirer,
            fait="Le retrait est enregistré.",
            bouton="Retirer la qualification",
            danger=True,
        ),
        Geste(
            nom="retablir",
            libelle="Annuler le retrait",
            introduction=textes.ANNULER_LE_RETRAIT,
            offert=lambda q: q.retrait_le is not None,
            appliquer=qualifications.annuler_le_retrait,
            fait="Le retrait est annulé.",
            bouton="Annuler le retrait",
        ),
    ),
    liens=(("Importer un tableau", "importer"),),
    vide=("Aucune qualification", "Accordez-en une, ou importez un tableau : elles se rangent ici."),
)

inscrire(bp, QUALIFICATIONS)
