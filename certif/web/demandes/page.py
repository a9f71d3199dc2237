"""The page of one demande: the same facts for both sides, its files, and what this actor can do with them."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

from flask import Response, request, url_for

from certif.domaine.acteur import Acteur
from certif.domaine.demandes import lectures
from certif.domaine.demandes.annonces import objet_de
from certif.domaine.demandes.chronologie import LigneChronologie, chronologie
from certif.domaine.demandes.etats import Action, EtatDemande, actions_de
from certif.domaine.demandes.modeles import Demande, PieceJointe
from certif.domaine.demandes.pieces import CHAMP, NOMBRE_MAX, TAILLE_MAX, FichierRecu, lire_flux
from certif.domaine.demandes.portee import charger_piece, est_empechee
from certif.domaine.demandes.tour import Tour
from certif.domaine.erreurs import ErreurMetier, SaisieInvalide, VersionPerimee
from certif.domaine.libelles.demandes import demandes as textes
from certif.domaine.libelles.entites.identite import NOM_PRIS
from certif.domaine.temps import format_date, format_date_heure
from certif.socle.horloge import aujourd_hui
from certif.web.acces import acteur_peut_ecrire
from certif.web.demandes.identite import Comparaison, comparaisons
from certif.web.demandes.liste import GENRES, tour_de
from certif.web.securite import CSP_FICHIER


@dataclass(frozen=True, slots=True)
class Fichier:
    """One joined file and where it is downloaded."""

    id: int
    nom: str
    precision: str
    href: str


@dataclass(frozen=True)
class PageDemande:
    """What `templates/demandes/page.html` and the pages that extend it read."""

    demande: Demande
    actions: frozenset[Action]
    tour: Tour
    genre: str
    etat: str
    fiche: list[tuple[str, str]]
    fichiers: list[Fichier]
    plateformes: list[str]
    comparaisons: list[Comparaison]
    evenements: list[dict[str, Any]]
    retour: tuple[str, str] | None
    erreurs: Mapping[str, Sequence[str]] = field(default_factory=dict)
    message: str = ""
    changements: Sequence[str] = ()

    @property
    def titre(self) -> str:
        return textes.titre(self.objet)

    @property
    def nature(self) -> str:
        return textes.NATURES[self.demande.nature]

    @property
    def objet(self) -> str:
        return objet_de(self.demande)

    @property
    def pris(self) -> str:
        """What is said of a name that another entité has."""
        return NOM_PRIS

    @property
    def a_admettre(self) -> bool:
        """Whether it wishes a name that another entité has."""
        return any(c.porteurs for c in self.comparaisons)

    @property
    def resume(self) -> list[tuple[str, str]]:
        """The errors, each with the control that it is about."""
        return [(champ, " ".join(messages)) for champ, messages in self.erreurs.items()]


def page_demande(demande: Demande, acteur: Acteur, erreur: ErreurMetier | None = None) -> PageDemande:
    """The page for this actor; `erreur` is why their last click was refused."""
    lignes = chronologie(demande.id)
    erreurs = erreur.champs if isinstance(erreur, SaisieInvalide) else {}
    empechee = est_empechee(demande)
    possibles = actions_de(demande.etat, acteur.role.value, empechee=empechee)
    return PageDemande(
        demande=demande,
        actions=possibles if acteur_peut_ecrire() else frozenset(),
        tour=tour_de(demande, acteur, empechee=empechee),
        genre=GENRES.get(demande.etat, "attente"),
        etat=textes.ETATS[demande.etat],
        fiche=_fiche(demande),
        fichiers=[_fichier(piece, demande, acteur) for piece in demande.pieces],
        plateformes=_plateformes(demande),
        comparaisons=comparaisons(demande, erreurs) if demande.d_identite else [],
        evenements=[_evenement(ligne) for ligne in lignes],
        retour=_retour(demande, lignes),
        erreurs=erreurs,
        message=erreur.message if erreur and not isinstance(erreur, SaisieInvalide) else "",
        changements=erreur.changements if isinstance(erreur, VersionPerimee) else (),
    )


def _fiche(d: Demande) -> list[tuple[str, str]]:
    lignes = [("Entité", d.entite.raison_sociale), (textes.CHAMPS["nature"], textes.NATURES[d.nature])]
    if d.niveau is None:
        return lignes
    lignes += [
        (textes.CHAMPS["niveau_id"], f"{d.niveau.libelle}, {d.niveau.dispositif.libelle}"),
        (textes.CHAMPS["debut_souhaite"], format_date(d.debut_souhaite) if d.debut_souhaite else "—"),
    ]
    if d.niveau.dispositif.plateforme_requise:
        demandees = ", ".join(f"{p.code_postal} {p.ville}" for p in d.plateformes)
        lignes.append((textes.CHAMPS["plateformes"], demandees or "Aucune nouvelle plateforme"))
    if d.habilitation is not None:
        h = d.habilitation
        duree = f"du {format_date(h.debut)} au {format_date(h.fin)}"
        lignes.append(("Habilitation accordée", f"{h.numero}, {duree}"))
    return lignes


def _plateformes(d: Demande) -> list[str]:
    """The platforms that the entité has already for this dispositif, where it requires one."""
    if d.niveau is None or not d.niveau.dispositif.plateforme_requise:
        return []
    dispositif = d.niveau.dispositif
    return [p.libelle for p in lectures.plateformes_en_service(d.entite_id, dispositif.id, aujourd_hui())]


def _fichier(piece: PieceJointe, d: Demande, acteur: Acteur) -> Fichier:
    if acteur.est_entite:
        href = url_for("entite.piece", entite_id=d.entite_id, demande_id=d.id, piece_id=piece.id)
    else:
        href = url_for("administration.piece", demande_id=d.id, piece_id=piece.id)
    return Fichier(
        piece.id, piece.nom, f"{_poids(piece.taille)}, {format_date_heure(piece.ajoutee_le)}", href
    )


def _poids(octets: int) -> str:
    if octets < 1024 * 1024:
        return f"{max(1, octets // 1024)}\u00a0ko"
    return f"{octets / 1024 / 1024:.1f}\u00a0Mo".replace(".", ",")


def _evenement(ligne: LigneChronologie) -> dict[str, Any]:
    return {
        "texte": ligne.texte,
        "quand": format_date_heure(ligne.quand),
        "iso": ligne.quand.isoformat(),
        "commentaire": ligne.commentaire,
    }


def _retour(d: Demande, lignes: list[LigneChronologie]) -> tuple[str, str] | None:
    """The comment that must not be missed: what is to be completed, why it was refused."""
    titres = {
        EtatDemande.A_COMPLETER: ("retourner", "À compléter"),
        EtatDemande.REFUSEE: ("refuser", "Refusée"),
    }
    if d.etat not in titres:
        return None
    action, titre = titres[d.etat]
    ligne = next((x for x in lignes if x.action == action), None)
    return (f"{titre}, {format_date_heure(ligne.quand)}", ligne.commentaire) if ligne else None


def fichiers_recus() -> tuple[FichierRecu, ...]:
    """The files that were chosen; of one too heavy, no more than shows it is."""
    choisis = [f for f in request.files.getlist(CHAMP) if f.filename][: NOMBRE_MAX + 1]
    return tuple(FichierRecu(f.filename or "", f.stream.read(TAILLE_MAX + 1)) for f in choisis)


def remettre(acteur: Acteur, demande_id: int, piece_id: int) -> Response:
    """The file, to be saved and never shown: what it holds was written by others.

    Raises:
        Introuvable: not for this actor.
        ServiceIndisponible: the store does not give it.
    """
    piece = charger_piece(acteur, demande_id, piece_id)
    octets = () if request.method == "HEAD" else lire_flux(piece.cle)
    reponse = Response(octets, mimetype=piece.type_mime)
    reponse.content_length = piece.taille
    reponse.headers.set("Content-Disposition", "attachment", filename=piece.nom)
    reponse.headers["Content-Security-Policy"] = CSP_FICHIER
    reponse.headers["Accept-Ranges"] = "none"
    return reponse
