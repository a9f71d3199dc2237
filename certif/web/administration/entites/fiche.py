"""The record of an entité, and the words of the list that it shares."""

from certif.domaine.acteur import TypeRole
from certif.domaine.certificats.registre import entites_renommees
from certif.domaine.entites.noms_pris import homonymes, manques
from certif.domaine.entites.regles import presenter as presenter_siret
from certif.domaine.libelles.entites import identite as textes_noms
from certif.domaine.libelles.entites import mon_entite as textes
from certif.domaine.noms import nom_affiche
from certif.domaine.personnes.modeles import Entite
from certif.domaine.personnes.titulaires import utilisateurs_de
from certif.domaine.referentiel.lectures_habilitations import de_l_entite
from certif.domaine.temps import dernier_jour, format_date
from certif.web.administration.entites.noms import historique, logos, noms
from certif.web.administration.habilitations.rubrique import etat_de
from certif.web.demandes.identite import nommer
from certif.web.fiches import Badge, Bouton, Colonne, Fiche, Ligne, Section, Tableau, adresse

HABILITATIONS = "Habilitations"
"""Section of the record, where an habilitation is granted."""


def etat(entite: Entite) -> Badge:
    """Whether it may act, today or from a day on."""
    if entite.suspendue_le is None:
        return Badge("succes", "Active")
    if entite.suspendue:
        return Badge("danger", f"Suspendue le {format_date(entite.suspendue_le)}")
    return Badge("attente", f"Suspendue à partir du {format_date(entite.suspendue_le)}")


def presenter(e: Entite) -> Fiche:
    """The whole record."""
    ville = f"{e.code_postal} {e.ville}".strip()
    identite = (
        ("SIRET", presenter_siret(e.siret)),
        ("Adresse", ", ".join(partie for partie in (e.adresse, ville) if partie)),
        ("E-mail", e.email),
        ("Téléphone", e.telephone),
        ("Signataire", ", ".join(partie for partie in (e.signataire, e.signataire_qualite) if partie)),
    )
    return Fiche(
        titre=e.raison_sociale,
        sous=ville,
        etat=etat(e),
        sections=(
            Section("Identité", identite, boutons=logos(e)),
            noms(e),
            *_anciens_noms(e),
            _habilitations(e),
            _equipe(e, TypeRole.GESTIONNAIRE, "Gestionnaires", "Aucun gestionnaire : invitez-en un."),
            _equipe(e, TypeRole.DELEGATAIRE, "Délégataires", "Aucun délégataire."),
            historique(e),
            Section("Données", vide=textes.DONNEES_SANS_STAGIAIRE, boutons=_donnees(e)),
        ),
        alertes=_partages(e),
    )


def _donnees(entite: Entite) -> tuple[Bouton]:
    return (Bouton("Télécharger ses données", adresse("entites_donnees", identifiant=entite.id)),)


def _partages(entite: Entite) -> list[tuple[str, str]]:
    """With whom it shares a name, and which of them lack what tells them apart."""
    autres = homonymes(entite.id)
    dits = [textes_noms.partage(nommer(autre)) for autre in autres]
    if autres:
        incomplets = [(e, manquent) for e in (entite, *autres) if (manquent := manques(e))]
        dits += [textes_noms.a_completer(e.raison_sociale, manquent) for e, manquent in incomplets]
    return [("attention", dit) for dit in dits]


def _anciens_noms(entite: Entite) -> list[Section]:
    """What certificates print that were issued before it was renamed."""
    lignes = [
        Ligne((n.raison_sociale, str(n.certificats), n.du, n.au))
        for n in entites_renommees.anciens_noms(entite)
    ]
    colonnes = (
        Colonne("Raison sociale imprimée"),
        Colonne("Certificats", classe="court"),
        Colonne("Première session"),
        Colonne("Dernière session"),
    )
    return [Section(textes.ANCIENS_NOMS, tableau=Tableau(colonnes, lignes))] if lignes else []


def _habilitations(entite: Entite) -> Section:
    lignes = [
        Ligne(
            (h.niveau.libelle, h.numero, dernier_jour(h.fin, h.retrait_le), etat_de(h)),
            adresse("habilitations_fiche", identifiant=h.id),
        )
        for h in de_l_entite(entite.id)
    ]
    colonnes = (Colonne("Dispositif niveau"), Colonne("Numéro"), Colonne("Dernier jour"), Colonne("État"))
    return Section(HABILITATIONS, tableau=Tableau(colonnes, lignes), vide="Aucune habilitation.")


def _equipe(entite: Entite, role: TypeRole, titre: str, vide: str) -> Section:
    lignes = [
        Ligne((nom_affiche(i.nom, i.prenom), i.numero, i.email or ""))
        for i in utilisateurs_de(entite.id, role)
    ]
    colonnes = (Colonne("Nom et prénom"), Colonne("N° Forprev"), Colonne("E-mail"))
    return Section(titre, tableau=Tableau(colonnes, lignes), vide=vide)
