"""UTILISATEURS: who may act in the entité's name, until when; for its gestionnaires."""

from datetime import date

from flask import url_for

from certif.domaine.acteur import ROLES_ENTITE, Acteur, TypeRole
from certif.domaine.courriers.remise import refus_de
from certif.domaine.libelles.ecrans import UN_SEUL_NOM
from certif.domaine.libelles.personnes import courriel_refuse
from certif.domaine.libelles.roles import roles as textes
from certif.domaine.libelles.roles.roles_proposes import (
    DONNER,
    ENVOYEE,
    HOMONYMES,
    INVITER,
    MEME_PERSONNE,
    sera_invitee,
)
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Role
from certif.domaine.roles import roles_proposes, utilisateurs
from certif.domaine.roles.maintien import en_vigueur, exiger_le_maintien
from certif.domaine.roles.regles import JAMAIS
from certif.domaine.roles.utilisateurs import Utilisateur
from certif.domaine.temps import date_de, format_date, format_date_heure
from certif.web.acces import acteur, espace
from certif.web.entite.blueprint import bp
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

_LIBRE = 400
"""Characters that a field takes: the domain says how many it keeps."""

_FIN = Date(nom="fin_le", libelle="Date de fin", aide=textes.FIN_AIDE, requis=False)


def _nom(u: Utilisateur) -> str:
    return nom_affiche(u.individu.nom, u.individu.prenom)


def _etat(u: Utilisateur) -> Badge:
    if not u.en_vigueur:
        return Badge("neutre", "Terminé")
    if not u.compte_actif:
        return Badge("danger", "Compte désactivé")
    if u.individu.mot_de_passe is None:
        return Badge("attente", "Sans compte")
    return Badge("succes", "En activité")


def _role(role: Role) -> str:
    libelle = role.type.libelle
    if en_vigueur(role):
        return textes.role_en_mots(libelle, role.fin_le)
    return textes.role_termine(libelle, role.fin_le, retire=not role.actif)


def _roles(u: Utilisateur) -> str:
    """What the person is here; once nothing goes on, what they were."""
    return ", ".join(_role(role) for role in u.en_vigueur or u.roles)


def _venue(u: Utilisateur) -> str | date:
    """The last login; of who never came, the invitation that they can use."""
    if not u.en_vigueur:
        return ""
    if u.derniere_connexion is not None:
        return date_de(u.derniere_connexion)
    return textes.invitation(*u.invitation) if u.invitation else textes.JAMAIS_CONNECTE


def _ligne(u: Utilisateur) -> Ligne:
    return Ligne(
        (
            _nom(u),
            u.individu.numero,
            _roles(u),
            _venue(u),
            _etat(u),
        )
    )


def _presenter(u: Utilisateur) -> Fiche:
    i = u.individu
    identite = [("N° Forprev", i.numero)]
    sections = [Section("Rôles dans l’entité", [(r.type.libelle, _duree(r)) for r in u.roles])]
    if u.en_vigueur:
        identite.append(("E-mail", u.email))
        venue = format_date_heure(u.derniere_connexion) if u.derniere_connexion else textes.JAMAIS_CONNECTE
        invitation = (("Invitation", textes.dates(*u.invitation)),) if u.invitation else ()
        sections.append(Section("Compte", (("Dernière connexion à cet espace", venue), *invitation)))
    return Fiche(
        titre=_nom(u),
        sous=_roles(u),
        etat=_etat(u),
        alertes=_alertes(u),
        sections=(Section("Identité", identite), *sections),
    )


def _duree(role: Role) -> str:
    if not role.actif:
        return "Retiré"
    if role.fin_le is None:
        return textes.SANS_FIN
    return f"{'Jusqu’au' if en_vigueur(role) else 'Terminé le'} {format_date(role.fin_le)}"


def _alertes(u: Utilisateur) -> list[tuple[str, str]]:
    if not u.en_vigueur:
        return [("info", textes.INVITER_ENCORE)]
    if not u.compte_actif:
        return [("attention", textes.compte_desactive())]
    if u.individu.email and (refus := refus_de(u.individu.id)):
        return [("attention", courriel_refuse(format_date_heure(refus)))]
    if u.individu.mot_de_passe is not None or u.invitation:
        return []
    return [("attention", textes.SANS_INVITATION if u.individu.email else textes.sans_adresse())]


def _champ_role(types: tuple[TypeRole, ...]) -> Choix:
    options = [(type_.value, type_.libelle) for type_ in types]
    return Choix(nom="role", libelle="Rôle", aide=textes.ROLES_AIDE, options=options)


def _a_donner(u: Utilisateur) -> tuple[TypeRole, ...]:
    return tuple(type_ for type_ in ROLES_ENTITE if u.role(type_) is None)


def _champs_d_invitation(_: None) -> tuple[Champ, ...]:
    return (
        Texte(nom="nom", libelle="Nom", maximum=_LIBRE),
        Texte(nom="prenom", libelle="Prénom", aide=UN_SEUL_NOM, requis=False, maximum=_LIBRE),
        Texte(nom="email", libelle="E-mail", type="email", inputmode="email", maximum=_LIBRE),
        _champ_role(ROLES_ENTITE),
        _FIN,
    )


def _recapituler_l_invitation(
    acteur: Acteur, nom: str, prenom: str, email: str, role: str, fin_le: date | None
) -> Recapitulatif | None:
    """Only when somebody of this name is invited, or has a role, already."""
    lignes = roles_proposes.homonymes(acteur, nom, prenom, email)
    if not lignes:
        return None
    phrase = sera_invitee(nom_affiche(nom, prenom), email)
    return Recapitulatif((phrase, MEME_PERSONNE), HOMONYMES, lignes)


def _vers_l_invitation(_: Utilisateur | None, fait: int | None) -> str:
    return url_for("entite.invitations_fiche", entite_id=acteur().entite_id, identifiant=fait)


def _apres_retrait(u: Utilisateur, _: int | None) -> str:
    """Whoever withdraws their own role may have no page here any more."""
    if u.id == acteur().individu_id:
        return url_for("compte.accueil")
    return url_for("entite.utilisateurs_fiche", entite_id=acteur().entite_id, identifiant=u.id)


def _gestes_du_role(type_: TypeRole) -> tuple[Geste, ...]:
    role = type_.libelle.lower()

    def fin(u: Utilisateur) -> dict[str, object]:
        tenu = u.role(type_)
        return {"fin_le": tenu.fin_le if tenu else None}

    def recapituler(par: Acteur, u: Utilisateur) -> Recapitulatif:
        if tenu := u.role(type_):
            exiger_le_maintien(tenu, JAMAIS)
        phrase = textes.retrait(_nom(u), role, espace().entite)
        return Recapitulatif((phrase, textes.SOI_MEME) if u.id == par.individu_id else (phrase,))

    return (
        Geste(
            nom=f"fin-{type_.value}",
            libelle=f"Date de fin du rôle de {role}",
            champs=lambda _: (_FIN,),
            valeurs=fin,
            offert=lambda u: u.role(type_) is not None,
            appliquer=lambda par, u, fin_le: utilisateurs.changer_la_fin(par, u, type_, fin_le),
            fait="La date de fin est enregistrée.",
        ),
        Geste(
            nom=f"retirer-{type_.value}",
            libelle=f"Retirer le rôle de {role}",
            offert=lambda u: u.role(type_) is not None,
            recapituler=recapituler,
            appliquer=lambda par, u: utilisateurs.retirer(par, u, type_),
            fait="Le rôle est retiré.",
            bouton="Retirer ce rôle",
            danger=True,
            vers=_apres_retrait,
        ),
    )


UTILISATEURS = Rubrique(
    nom="utilisateurs",
    titre="Utilisateurs",
    singulier="utilisateur",
    pluriel="utilisateurs",
    recherche="nom, prénom, N° Forprev ou e-mail",
    privee=True,
    puces=(
        Puces("etat", "Filtrer par état", (("", "En activité"), ("termines", "Terminés"), ("tous", "Tous"))),
    ),
    colonnes=(
        Colonne("Nom et prénom", tri="nom"),
        Colonne("N° Forprev", classe="court"),
        Colonne("Rôles"),
        Colonne("Dernière connexion", tri="connexion"),
        Colonne("État"),
    ),
    lister=utilisateurs.lister,
    ligne=_ligne,
    charger=utilisateurs.charger,
    presenter=_presenter,
    creation=Creation(
        libelle="Inviter une personne",
        introduction=INVITER,
        champs=_champs_d_invitation,
        recapituler=_recapituler_l_invitation,
        au_besoin=True,
        appliquer=lambda par, confirme, **saisie: roles_proposes.proposer(par, **saisie),
        fait=ENVOYEE,
        bouton="Inviter",
        vers=_vers_l_invitation,
    ),
    gestes=(
        Geste(
            nom="donner",
            libelle="Donner un rôle",
            introduction=DONNER,
            champs=lambda u: (_champ_role(_a_donner(u)), _FIN),
            offert=lambda u: bool(_a_donner(u) and u.en_vigueur) and u.compte_actif,
            appliquer=utilisateurs.donner_un_role,
            fait=ENVOYEE,
            bouton="Envoyer l’invitation",
            vers=_vers_l_invitation,
        ),
        *(geste for type_ in ROLES_ENTITE for geste in _gestes_du_role(type_)),
        Geste(
            nom="inviter",
            libelle="Inviter de nouveau",
            introduction=textes.INVITER_DE_NOUVEAU,
            offert=lambda u: u.a_inviter,
            appliquer=utilisateurs.inviter_de_nouveau,
            fait="L’invitation est envoyée.",
            bouton="Envoyer l’invitation",
        ),
    ),
    vide=("Aucun utilisateur", "Les personnes qui ont un rôle dans votre entité apparaîtront ici."),
)

inscrire(bp, UTILISATEURS, TypeRole.GESTIONNAIRE)
