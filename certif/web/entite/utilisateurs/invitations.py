"""UTILISATEURS, Invitations: the roles that the entité proposed and that nobody has accepted yet."""

from dataclasses import dataclass

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.libelles.roles import roles_proposes as textes
from certif.domaine.libelles.roles.roles import role_en_mots
from certif.domaine.noms import nom_affiche
from certif.domaine.roles import roles_proposes
from certif.domaine.roles.modeles import RolePropose
from certif.domaine.temps import date_de, format_date_heure
from certif.socle.base.pagination import PageDe, Question
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


@dataclass(frozen=True, slots=True)
class _Envoi:
    """An invitation, and whether a server refused its mail."""

    propose: RolePropose
    non_remis: bool

    @property
    def id(self) -> int:
        return self.propose.id


def _lister(acteur: Acteur, question: Question) -> PageDe[_Envoi]:
    page = roles_proposes.lister(acteur, question)
    refuses = roles_proposes.refus_des_courriels(page.lignes)
    return page.de([_Envoi(p, p.id in refuses) for p in page.lignes])


def _etat(p: RolePropose, *, non_remis: bool) -> Badge:
    if p.refuse_le:
        return Badge("neutre", "Refusée")
    return Badge("danger", "Courriel non remis") if non_remis else Badge("attente", "En attente")


def _ligne(envoi: _Envoi) -> Ligne:
    p = envoi.propose
    etat = _etat(p, non_remis=envoi.non_remis)
    return Ligne((_nom(p), p.email, _role(p), date_de(p.expire_le), etat))


def _presenter(p: RolePropose) -> Fiche:
    refus = roles_proposes.refus_du_courriel(p)
    alertes = [("info", textes.REFUS)] if p.refuse_le else []
    if refus and not p.refuse_le:
        alertes = [("attention", textes.courriel_non_remis(format_date_heure(refus)))]
    return Fiche(
        titre=_nom(p),
        sous=_role(p),
        etat=_etat(p, non_remis=refus is not None),
        alertes=alertes,
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
    lister=_lister,
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
