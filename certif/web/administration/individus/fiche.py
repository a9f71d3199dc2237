"""The record of one person, and the words of the list that it shares."""

from certif.domaine.acces import liens
from certif.domaine.acces.invitations import a_inviter
from certif.domaine.acces.modeles import SorteLien
from certif.domaine.acces.second_facteur import facteurs_de
from certif.domaine.courriers.remise import refus_de
from certif.domaine.libelles.personnes import courriel_refuse
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.libelles.roles.roles import JAMAIS_CONNECTE, role_en_mots, role_termine
from certif.domaine.libelles.typographie import francais
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.referentiel.lectures import qualifications_de
from certif.domaine.roles import individus
from certif.domaine.roles.maintien import en_vigueur
from certif.domaine.roles.regles import dernier_jour
from certif.domaine.roles.roles_d_un_individu import tenus
from certif.domaine.temps import date_de, format_date, format_date_heure
from certif.socle.horloge import aujourd_hui
from certif.web.administration.individus.gestes import naissance, nom_de
from certif.web.administration.qualifications.rubrique import etat as etat_de_qualification
from certif.web.fiches import Badge, Bouton, Colonne, Fiche, Ligne, Section, Tableau, adresse

_SANS_QUALIFICATION = francais("Aucune qualification.")
_SANS_INVITATION = francais("Aucune en attente")


def desactive(i: Individu) -> bool:
    """Whether the account is closed, today or for good, of somebody who was not erased."""
    return i.efface_le is None and (not i.actif or dernier_jour(i.fin_le) < aujourd_hui())


def etat(i: Individu) -> Badge:
    """Where the account of this person stands."""
    if i.efface_le is not None:
        return Badge("neutre", "Supprimé")
    if desactive(i):
        return Badge("danger", "Désactivé")
    if i.mot_de_passe is None:
        return Badge("attente", "Sans compte")
    return Badge("succes", "Actif")


def _role(role: Role) -> str:
    libelle = role.type.libelle
    if not en_vigueur(role):
        return role_termine(libelle, role.fin_le, retire=not role.actif)
    return role_en_mots(libelle, role.fin_le)


def _venue(i: Individu) -> str:
    return format_date_heure(i.derniere_connexion) if i.derniere_connexion else JAMAIS_CONNECTE


def presenter(i: Individu) -> Fiche:
    """The record: identity, roles, qualifications, account."""
    return Fiche(
        titre=nom_de(i),
        sous=", ".join(sorted({role.type.libelle for role in tenus(i)})),
        etat=etat(i),
        alertes=_alertes(i),
        sections=(
            Section("Identité", _identite(i)),
            Section("Rôles", tableau=_roles(i), vide=textes.SANS_ROLE),
            Section("Qualifications", tableau=_qualifications(i), vide=_SANS_QUALIFICATION),
            Section("Compte", _compte(i), boutons=_donnees(i)),
        ),
    )


def _alertes(i: Individu) -> list[tuple[str, str]]:
    refus = refus_de(i.id) if i.email else None
    return [("attention", courriel_refuse(format_date_heure(refus)))] if refus else []


def _identite(i: Individu) -> list[tuple[str, str]]:
    lignes = [("N° Forprev", i.numero)]
    if anciens := individus.anciens_numeros(i):
        lignes.append(("Anciens N°", ", ".join(anciens)))
    if i.efface_le is None:
        lignes.append(("Date de naissance", naissance(i) or "Inconnue"))
    return lignes


def _roles(i: Individu) -> Tableau:
    lignes = [
        Ligne((_role(role), role.entite.raison_sociale if role.entite else "Certif")) for role in i.roles
    ]
    return Tableau((Colonne("Rôle"), Colonne("Où")), lignes)


def _qualifications(i: Individu) -> Tableau:
    colonnes = (Colonne("Dispositif niveau"), Colonne("Début"), Colonne("Fin"), Colonne("État"))
    return Tableau(
        colonnes,
        [
            Ligne(
                (q.niveau.libelle, q.debut, q.fin, etat_de_qualification(q)),
                adresse("qualifications_fiche", identifiant=q.id),
            )
            for q in qualifications_de(i.id)
        ],
    )


def _compte(i: Individu) -> list[tuple[str, str]]:
    if i.efface_le is not None:
        return [("Supprimé le", format_date_heure(i.efface_le))]
    facteurs = facteurs_de(i.id)
    protections = [
        mot for mot, la in (("Double authentification", facteurs.totp), ("clé d’accès", facteurs.cles)) if la
    ]
    lignes = [
        ("E-mail", i.email or textes.COMPTE_SANS_ADRESSE),
        ("Dernière connexion", _venue(i)),
        ("Second facteur", ", ".join(protections) or "Aucun"),
    ]
    if a_inviter(i):
        lignes.append(("Invitation", _invitation(i)))
    if i.fin_le:
        lignes.append(("Dernier jour du compte", format_date(i.fin_le)))
    return lignes


def _donnees(i: Individu) -> tuple[Bouton, ...]:
    if i.efface_le is not None:
        return ()
    return (Bouton("Télécharger ses données", adresse("individus_donnees", identifiant=i.id)),)


def _invitation(i: Individu) -> str:
    lien = liens.en_attente(i.id, SorteLien.INVITATION)
    if lien is None:
        return _SANS_INVITATION
    return textes.invitation(format_date(date_de(lien.cree_le)), format_date(date_de(lien.expire_le)))
