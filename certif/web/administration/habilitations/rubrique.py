"""HABILITATIONS: what each entité may declare and until when; granted on its record."""

from certif.domaine.libelles import ecrans
from certif.domaine.libelles.referentiel import habilitations as textes
from certif.domaine.libelles.typographie import francais
from certif.domaine.referentiel import lectures_habilitations as lectures
from certif.domaine.referentiel.lectures import plateformes_de
from certif.domaine.referentiel.lectures_habilitations import FIN_PROCHE, EtatHabilitation, etat_au
from certif.domaine.referentiel.modeles import Habilitation
from certif.domaine.sessions.droits.habilitations import sessions_bloquees
from certif.domaine.temps import dernier_jour, format_date
from certif.socle.horloge import aujourd_hui
from certif.web.administration.accueil import bp
from certif.web.administration.habilitations.gestes import GESTES, PLATEFORMES, SUSPENSIONS
from certif.web.fiches import (
    Badge,
    Bouton,
    Champ,
    Choix,
    Colonne,
    Fiche,
    Ligne,
    Puces,
    Rubrique,
    Section,
    Tableau,
    adresse,
    inscrire,
)
from certif.web.sessions.bloquees import session_touchee

_SANS_FIN = francais("Jusqu'à nouvel ordre")


def etat_de(h: Habilitation) -> Badge:
    """What the habilitation is today."""
    jour = aujourd_hui()
    dernier = dernier_jour(h.fin, h.retrait_le)
    match etat_au(h, jour):
        case EtatHabilitation.TERMINEE:
            retiree = h.retrait_le is not None and h.retrait_le <= h.fin
            return Badge(
                "neutre", ecrans.retiree(h.retrait_le) if retiree and h.retrait_le else ecrans.terminee(h.fin)
            )
        case EtatHabilitation.A_VENIR:
            return Badge("attente", ecrans.a_venir(h.debut))
        case EtatHabilitation.SUSPENDUE:
            presente = next(s for s in h.suspensions if s.debut <= jour and (s.fin is None or jour <= s.fin))
            return Badge("danger", textes.suspendue_jusqu_au(presente.fin))
    proche = (dernier - jour).days <= lectures.JOURS_DE_FIN_PROCHE
    return Badge("attente", textes.fin_proche(dernier)) if proche else Badge("succes", "En vigueur")


def _ligne(h: Habilitation) -> Ligne:
    return Ligne(
        (
            h.numero,
            h.entite.raison_sociale,
            h.niveau.libelle,
            h.debut,
            dernier_jour(h.fin, h.retrait_le),
            etat_de(h),
        )
    )


def _presenter(h: Habilitation) -> Fiche:
    lignes = [
        ("Entité", h.entite.raison_sociale),
        ("Dispositif niveau", h.niveau.libelle),
        ("Début", format_date(h.debut)),
        ("Fin", format_date(h.fin)),
    ]
    if h.retrait_le is not None:
        lignes.append(("Retirée à compter du", format_date(h.retrait_le)))
    vers_l_entite = Bouton("Voir l’entité", adresse("entites_fiche", identifiant=h.entite_id))
    sections = [
        Section("Habilitation", lignes, boutons=(vers_l_entite,)),
        _suspensions(h),
        *([_plateformes(h)] if h.niveau.dispositif.plateforme_requise else []),
        _bloquees(h),
    ]
    return Fiche(
        f"Habilitation {h.numero}",
        sous=f"{h.entite.raison_sociale} · {h.niveau.libelle}",
        etat=etat_de(h),
        sections=sections,
    )


def _suspensions(h: Habilitation) -> Section:
    lignes = [Ligne((s.debut, s.fin or _SANS_FIN)) for s in h.suspensions]
    colonnes = (Colonne("Premier jour suspendu"), Colonne("Dernier jour suspendu"))
    return Section(SUSPENSIONS, tableau=Tableau(colonnes, lignes), vide="Aucune suspension.")


def _plateformes(h: Habilitation) -> Section:
    lignes = [Ligne((p.libelle, p.debut, p.fin)) for p in plateformes_de(h.entite_id, h.niveau.dispositif_id)]
    colonnes = (Colonne("Lieu"), Colonne("À partir du"), Colonne("Jusqu’au"))
    return Section(PLATEFORMES, tableau=Tableau(colonnes, lignes), vide="Aucune plateforme déclarée.")


def _bloquees(h: Habilitation) -> Section:
    lignes = [Ligne((session_touchee(s), message)) for s, message in sessions_bloquees(h)]
    colonnes = (Colonne("Session"), Colonne("Ce qui la bloque"))
    vide = textes.AUCUNE_SESSION_BLOQUEE
    return Section("Sessions bloquées", tableau=Tableau(colonnes, lignes), vide=vide)


def _niveaux() -> tuple[Champ, ...]:
    options = [(str(n.id), n.libelle) for n in lectures.niveaux_habilites()]
    return (Choix(nom="niveau", libelle="Dispositif niveau", options=options, requis=False),)


HABILITATIONS = Rubrique(
    nom="habilitations",
    titre="Habilitations",
    singulier="habilitation",
    pluriel="habilitations",
    recherche="entité ou numéro d’habilitation",
    soeurs=(("entites", "Chercher parmi les entités"),),
    criteres=_niveaux,
    puces=(
        Puces(
            "etat",
            "Filtrer par état",
            (
                ("", "Toutes"),
                (EtatHabilitation.EN_VIGUEUR.value, "En vigueur"),
                (FIN_PROCHE, "Fin dans 90 jours"),
                (EtatHabilitation.A_VENIR.value, "À venir"),
                (EtatHabilitation.SUSPENDUE.value, "Suspendues"),
                (EtatHabilitation.TERMINEE.value, "Retirées ou terminées"),
            ),
        ),
    ),
    colonnes=(
        Colonne("Numéro", tri="numero"),
        Colonne("Entité", tri="entite"),
        Colonne("Dispositif niveau", classe="court"),
        Colonne("Début", tri="debut", classe="large-seul"),
        Colonne("Dernier jour", tri="fin", classe="court"),
        Colonne("État"),
    ),
    lister=lectures.lister,
    ligne=_ligne,
    charger=lectures.charger,
    presenter=_presenter,
    gestes=GESTES,
    vide=(
        "Aucune habilitation",
        "Elles s’accordent en acceptant une demande, ou depuis la fiche d’une entité.",
    ),
)

inscrire(bp, HABILITATIONS)
