"""What the administrateur does to a person's roles, qualifications and account."""

from datetime import date

from flask import url_for

from certif.domaine.acteur import Acteur, TypeRole
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.libelles.roles.roles import retrait, role_en_mots
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Individu, Role
from certif.domaine.personnes.titulaires import peut_entrer
from certif.domaine.referentiel import qualifications
from certif.domaine.roles import compte_d_un_individu, roles_d_un_individu
from certif.domaine.roles.maintien import exiger_le_maintien, exiger_les_maintiens, nommer
from certif.domaine.roles.regles import JAMAIS
from certif.domaine.roles.roles_d_un_individu import le_role, tenus
from certif.domaine.sessions.droits.consequences import FormateurEcarte
from certif.domaine.temps import format_date
from certif.web.acces import acteur
from certif.web.administration.qualifications.rubrique import (
    CHAMPS_DE_DATES,
    choix_du_niveau,
    recapituler_l_accord,
)
from certif.web.fiches import Champ, Choix, Date, Geste, Recapitulatif, Texte, adresse
from certif.web.sessions.bloquees import recapituler


def nom_de(i: Individu) -> str:
    """NOM Prénom."""
    return nom_affiche(i.nom, i.prenom)


def naissance(i: Individu) -> str:
    """The birth date, "" when nobody gave it."""
    return format_date(i.date_naissance) if i.date_naissance else ""


def role_et_lieu(role: Role) -> str:
    """`Gestionnaire jusqu’au 31/08/2026, MAROSE FORMATION`."""
    ou = f", {role.entite.raison_sociale}" if role.entite else ""
    return f"{role_en_mots(role.type.libelle, role.fin_le)}{ou}"


def _choix_du_role(i: Individu) -> Choix:
    return Choix(nom="role", libelle="Rôle", options=[(str(r.id), role_et_lieu(r)) for r in tenus(i)])


def _premier_role(i: Individu) -> dict[str, object]:
    """The only one is chosen already."""
    roles = tenus(i)
    return {"role": roles[0].id} if len(roles) == 1 else {}


def _fin(aide: str = textes.FIN_AIDE) -> Date:
    return Date(nom="fin_le", libelle="Date de fin", aide=aide, requis=False)


def _champs_du_don(_: Individu) -> tuple[Champ, ...]:
    options = TypeRole.options()
    return (
        Choix(nom="role", libelle="Rôle", options=options),
        Texte(nom="entite", libelle="Entité", aide=textes.ENTITE_AIDE, requis=False, maximum=400),
        _fin(),
    )


def _recapituler_le_retrait(_: Acteur, i: Individu, role: str) -> Recapitulatif:
    choisi = le_role(i, role)
    exiger_le_maintien(choisi, JAMAIS)
    phrase = retrait(nom_de(i), *nommer(choisi))
    if choisi.type is not TypeRole.FORMATEUR:
        return Recapitulatif((phrase,))
    return recapituler(phrase, [FormateurEcarte(i.id)])


def _recapituler_la_desactivation(_: Acteur, i: Individu) -> Recapitulatif:
    exiger_les_maintiens((role, JAMAIS) for role in tenus(i))
    return recapituler(textes.DESACTIVER, [FormateurEcarte(i.id)])


def _apres_retrait(i: Individu, _: int | None) -> str:
    """Whoever withdraws their own role may have no page here any more."""
    if i.id == acteur().individu_id:
        return url_for("compte.accueil")
    return adresse("individus_fiche", identifiant=i.id)


def _peut_entrer(i: Individu) -> bool:
    return peut_entrer(i.id) is not None


def _qualifier(par: Acteur, i: Individu, niveau: str, debut: date, fin: date) -> None:
    qualifications.accorder(par, i.numero, niveau, debut, fin)


def _formateur(i: Individu) -> bool:
    return _peut_entrer(i) and any(r.type is TypeRole.FORMATEUR for r in tenus(i))


ROLES = (
    Geste(
        nom="donner-un-role",
        libelle="Donner un rôle",
        champs=_champs_du_don,
        offert=_peut_entrer,
        appliquer=roles_d_un_individu.donner,
        fait="Le rôle est donné.",
        bouton="Donner ce rôle",
        dans="Rôles",
    ),
    Geste(
        nom="fin-d-un-role",
        libelle="Changer une date de fin",
        champs=lambda i: (_choix_du_role(i), _fin()),
        valeurs=_premier_role,
        offert=lambda i: bool(tenus(i)),
        appliquer=roles_d_un_individu.changer_la_fin,
        fait="La date de fin est enregistrée.",
        dans="Rôles",
    ),
    Geste(
        nom="retirer-un-role",
        libelle="Retirer un rôle",
        champs=lambda i: (_choix_du_role(i),),
        valeurs=_premier_role,
        offert=lambda i: bool(tenus(i)),
        recapituler=_recapituler_le_retrait,
        appliquer=roles_d_un_individu.retirer,
        fait="Le rôle est retiré.",
        bouton="Retirer ce rôle",
        danger=True,
        dans="Rôles",
        vers=_apres_retrait,
    ),
)

QUALIFIER = Geste(
    nom="qualifier",
    libelle="Accorder une qualification",
    champs=lambda _: (choix_du_niveau(), *CHAMPS_DE_DATES),
    offert=_formateur,
    recapituler=lambda par, i, **saisis: recapituler_l_accord(par, i.numero, **saisis),
    appliquer=_qualifier,
    fait="La qualification est accordée.",
    bouton="Accorder la qualification",
    dans="Qualifications",
)

ADRESSE = Geste(
    nom="adresse",
    libelle="Changer l’adresse e-mail",
    introduction=textes.CHANGER_L_ADRESSE,
    champs=lambda _: (Texte(nom="email", libelle="E-mail", type="email", inputmode="email", maximum=400),),
    valeurs=lambda i: {"email": i.email},
    offert=lambda i: i.efface_le is None,
    appliquer=compte_d_un_individu.changer_l_adresse,
    fait="L’adresse est changée.",
    dans="Compte",
)

FIN_DU_COMPTE = Geste(
    nom="fin-du-compte",
    libelle="Fixer la fin du compte",
    introduction=textes.FIN_DU_COMPTE,
    champs=lambda _: (_fin(textes.FIN_DU_COMPTE_AIDE),),
    valeurs=lambda i: {"fin_le": i.fin_le},
    offert=lambda i: _peut_entrer(i) and i.id != acteur().individu_id,
    appliquer=compte_d_un_individu.changer_la_fin,
    fait="La fin du compte est enregistrée.",
    dans="Compte",
)

DESACTIVER = Geste(
    nom="desactiver",
    libelle="Désactiver le compte",
    offert=lambda i: _peut_entrer(i) and i.id != acteur().individu_id,
    recapituler=_recapituler_la_desactivation,
    appliquer=compte_d_un_individu.desactiver,
    fait="Le compte est désactivé.",
    bouton="Désactiver le compte",
    danger=True,
    dans="Compte",
)
