"""UTILISATEURS, Invitations: the roles that the entité proposed and that nobody has accepted yet."""

from certif.domaine.acteur import TypeRole
from certif.domaine.libelles.roles import roles_proposes as textes
from certif.domaine.libelles.roles.roles import role_en_mots
from certif.domaine.noms import nom_affiche
from certif.domaine.roles import roles_proposes
from certif.domaine.roles.modeles import RolePropose
from certif.domaine.temps import date_de, format_date, format_date_heure
from certif.web.entite.blueprint import bp
from certif.web.fiches import (
    Badge,
    Colonne,
    Fiche,
    Geste,
    Ligne,
    Recapitulatif,
    Rubrique,
    Section,
    Texte,
    inscrire,
)
from certif.web.fiches.presentation import adresse

_LIBRE = 400
"""Characters that a field takes: the domain says how many it keeps."""


def _nom(p: RolePropose) -> str:
    return nom_affiche(p.nom, p.prenom)


def _role(p: RolePropose) -> str:
    return role_en_mots(p.type.libelle, p.fin_le)


def _etat(p: RolePropose) -> Badge:
    return Badge("neutre", "Refusée") if p.refuse_le else Badge("attente", "En attente")


def _ligne(p: RolePropose) -> Ligne:
    return Ligne((_nom(p), p.email, _role(p), format_date(date_de(p.expire_le)), _etat(p)))


def _presenter(p: RolePropose) -> Fiche:
    return Fiche(
        titre=_nom(p),
        sous=_role(p),
        etat=_etat(p),
        alertes=[("info", textes.REFUS)] if p.refuse_le else [],
        sections=(
            Section(
                "Invitation",
                (
                    ("E-mail", p.email),
                    ("Envoyée le", format_date_heure(p.cree_le)),
                    ("Expire le", format_date_heure(p.expire_le)),
                ),
            ),
        ),
    )


def _attend(p: RolePropose) -> bool:
    return p.refuse_le is None


INVITATIONS = Rubrique(
    nom="invitations",
    titre="Invitations",
    singulier="invitation",
    pluriel="invitations",
    colonnes=(
        Colonne("Nom et prénom"),
        Colonne("E-mail"),
        Colonne("Rôle"),
        Colonne("Expire le"),
        Colonne("État"),
    ),
    lister=roles_proposes.lister,
    ligne=_ligne,
    charger=roles_proposes.charger,
    presenter=_presenter,
    gestes=(
        Geste(
            nom="corriger",
            libelle="Corriger l’adresse",
            introduction=textes.CORRIGER,
            champs=lambda _: (
                Texte(nom="email", libelle="E-mail", type="email", inputmode="email", maximum=_LIBRE),
            ),
            valeurs=lambda p: {"email": p.email},
            offert=_attend,
            appliquer=roles_proposes.corriger_l_adresse,
            fait=textes.ENVOYEE,
            bouton="Envoyer à cette adresse",
        ),
        Geste(
            nom="renvoyer",
            libelle="Envoyer de nouveau",
            introduction=textes.RENVOYER,
            offert=_attend,
            appliquer=roles_proposes.renvoyer,
            fait=textes.ENVOYEE,
            bouton="Envoyer l’invitation",
        ),
        Geste(
            nom="annuler",
            libelle="Annuler l’invitation",
            recapituler=lambda _, p: Recapitulatif((textes.annulation(_nom(p)), textes.ANNULER)),
            appliquer=roles_proposes.annuler,
            fait="L’invitation est annulée.",
            bouton="Annuler l’invitation",
            danger=True,
            vers=lambda *_: adresse("invitations"),
        ),
    ),
    vide=("Aucune invitation", textes.VIDE),
)

inscrire(bp, INVITATIONS, TypeRole.GESTIONNAIRE)
