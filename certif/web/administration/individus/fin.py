"""A person found to be another one, and a person erased (R18)."""

from certif.domaine.acteur import Acteur
from certif.domaine.erreurs import ActionImpossible
from certif.domaine.libelles.roles import individus as textes
from certif.domaine.personnes.modeles import Individu
from certif.domaine.personnes.numeros_forprev import porteur
from certif.domaine.sessions import personnes
from certif.domaine.sessions.personnes import Fusion
from certif.web.acces import acteur
from certif.web.administration.individus.gestes import nom_de, role_et_lieu
from certif.web.fiches import Geste, Recapitulatif, Texte, adresse


def _nom(i: Individu) -> str:
    return f"{nom_de(i)} ({i.numero})"


def _acces_repris(fusion: Fusion) -> list[str]:
    """What the person who remains takes of the other's account."""
    a = fusion.acces
    if a.repris:
        return [textes.compte_repris(a.email or "")]
    return [textes.adresse_reprise(a.email)] if a.email and a.email != fusion.survivant.email else []


def _acces_laisse(fusion: Fusion) -> str:
    """What becomes of the account that the person who remains had, or does not take."""
    a, ouvert = fusion.acces, fusion.acces.repris or fusion.survivant.mot_de_passe is not None
    if a.adresse_perdue:
        return textes.adresse_perdue(a.adresse_perdue, prevenue=ouvert)
    return "" if _acces_repris(fusion) else textes.COMPTE_INCHANGE


def _recapituler_la_fusion(par: Acteur, absorbe: Individu, numero: str) -> Recapitulatif:
    fusion = personnes.decrire_la_fusion(par, absorbe.id, porteur(numero).id)
    lignes = [
        *map(role_et_lieu, fusion.roles),
        *textes.comptes(fusion.qualifications, fusion.sessions),
        *_acces_repris(fusion),
    ]
    phrase = textes.fusion(_nom(absorbe), _nom(fusion.survivant), absorbe.numero)
    phrases = (phrase, _acces_laisse(fusion), textes.FUSION_DEFINITIVE)
    return Recapitulatif([p for p in phrases if p], textes.CE_QUI_PASSE, lignes)


def _fusionner(par: Acteur, absorbe: Individu, numero: str) -> int:
    survivant = porteur(numero)
    personnes.fusionner(par, absorbe.id, survivant.id)
    return survivant.id


def _recapituler_l_effacement(par: Acteur, individu: Individu) -> Recapitulatif:
    fin = personnes.decrire_l_effacement(par, individu.id)
    if fin.empechements:
        raise ActionImpossible(" ".join(fin.empechements))
    phrases = (textes.effacement(_nom(individu)), textes.EFFACEMENT_DEFINITIF)
    return Recapitulatif(phrases, textes.ROLES_RETIRES, [role_et_lieu(role) for role in fin.roles])


def _effacable(i: Individu) -> bool:
    return i.efface_le is None and i.id != acteur().individu_id


FUSIONNER = Geste(
    nom="fusionner",
    libelle="Fusionner avec une autre fiche",
    introduction=textes.FUSIONNER,
    champs=lambda _: (
        Texte(nom="numero", libelle="N° Forprev de la fiche à garder", maximum=40, autocomplete="off"),
    ),
    offert=_effacable,
    recapituler=_recapituler_la_fusion,
    appliquer=_fusionner,
    fait="Les deux fiches n’en font plus qu’une.",
    bouton="Fusionner les deux fiches",
    danger=True,
    dans="Identité",
    vers=lambda _, survivant: adresse("individus_fiche", identifiant=survivant or 0),
)

EFFACER = Geste(
    nom="effacer",
    libelle="Supprimer la personne",
    offert=_effacable,
    recapituler=_recapituler_l_effacement,
    appliquer=lambda par, i: personnes.effacer(par, i.id),
    fait="La personne est supprimée.",
    bouton="Supprimer définitivement",
    danger=True,
    dans="Compte",
)
