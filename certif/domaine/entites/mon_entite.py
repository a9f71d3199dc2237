"""MON ENTITÉ: who the entité is and who signs for it, as its gestionnaire keeps it."""

from collections.abc import Callable, Mapping

from sqlalchemy.exc import IntegrityError

from certif.domaine.acteur import Acteur
from certif.domaine.entites.chargement import FichePerimee, entite_a_modifier
from certif.domaine.entites.identites import annoncer, identite_de
from certif.domaine.entites.noms_pris import verifier_ce_qui_distingue
from certif.domaine.entites.regles import lire_siret, lire_telephone, lire_texte
from certif.domaine.erreurs import Fautes, SaisieInvalide
from certif.domaine.geographie.communes import verifier_lieu_france
from certif.domaine.journal import consigner
from certif.domaine.libelles.entites import mon_entite
from certif.domaine.noms import cle
from certif.domaine.personnes.adresses_email import verifier_email
from certif.domaine.personnes.modeles import Entite
from certif.socle.base.extensions import db
from certif.socle.base.transaction import transaction
from certif.socle.condense import condense_court

CHAMPS = tuple(mon_entite.CHAMPS)
PERSONNELS = frozenset({"email", "telephone", "signataire", "signataire_qualite"})
"""What says something of a person: the journal names the field, never what it holds."""

RAISON_SOCIALE_MAX, ADRESSE_MAX = 160, 200
SIGNATAIRE_MAX = QUALITE_MAX = 80
"""What the certificate has room for."""


def valeurs_de(entite: Entite) -> dict[str, str]:
    """What is stored, field by field, in the order of the screen."""
    return {champ: getattr(entite, champ) for champ in CHAMPS}


def lire_fiche(saisis: Mapping[str, str]) -> tuple[dict[str, str], Fautes]:
    """What was typed, as it would be stored, and what of it is refused; no other field is read."""
    lues: dict[str, str] = {}
    fautes = Fautes()
    for champ, lecteur in _LECTEURS.items():
        with fautes.recueillir():
            lues[champ] = lecteur(saisis.get(champ, ""))
    code_postal, ville = saisis.get("code_postal", ""), saisis.get("ville", "")
    lues |= {"code_postal": "", "ville": ""}
    if code_postal.strip() or ville.strip():
        with fautes.recueillir():
            lieu, _ = verifier_lieu_france(code_postal, ville)
            lues |= {"code_postal": lieu.code_postal, "ville": lieu.ville}
    return lues, fautes


def enregistrer_fiche(acteur: Acteur, marque: str, saisis: Mapping[str, str]) -> bool:
    """Store what was typed, all or nothing; whether something changed. `marque` is what the form showed.

    Raises:
        Introuvable, ActionImpossible: not for this actor, or the entité is suspended.
        FichePerimee: what is stored is no longer what the form showed.
        SaisieInvalide: by field; another raison sociale or SIREN, which is for a demande, is one, and a SIRET
            that another entité has.
    """
    with transaction():
        entite = entite_a_modifier(acteur)
        avant = valeurs_de(entite)
        lues, fautes = lire_fiche(saisis)
        if not fautes.champs and lues == avant:
            return False  # as well the second of two clicks
        if marque != condense_court(avant):
            raise FichePerimee(
                [
                    mon_entite.valeur_enregistree(c, avant[c])
                    for c in CHAMPS
                    if saisis.get(c, "").strip() != avant[c]
                ]
            )
        fautes.lever()
        _exiger_la_meme(avant, lues)
        verifier_ce_qui_distingue(entite.id, avant, lues)
        identite = identite_de(entite)
        changes = [champ for champ in CHAMPS if lues[champ] != avant[champ]]
        for champ in changes:
            setattr(entite, champ, lues[champ])
        try:
            db.session.flush()
        except IntegrityError as erreur:
            raise SaisieInvalide({"siret": [mon_entite.SIRET_PRIS]}) from erreur
        _consigner(acteur, entite.id, changes, avant, lues)
        annoncer(acteur, entite, identite)
    return True


def _exiger_la_meme(avant: Mapping[str, str], lues: Mapping[str, str]) -> None:
    """R17: at once, the same name written otherwise, or another establishment of the same SIREN."""
    fautes = Fautes()
    if cle(lues["raison_sociale"]) != cle(avant["raison_sociale"]):
        fautes.noter("raison_sociale", mon_entite.PAR_DEMANDE)
    if lues["siret"] != avant["siret"] and (not avant["siret"] or lues["siret"][:9] != avant["siret"][:9]):
        fautes.noter("siret", mon_entite.SIRET_PAR_DEMANDE)
    fautes.lever()


def _consigner(
    acteur: Acteur, entite_id: int, changes: list[str], avant: Mapping[str, str], apres: Mapping[str, str]
) -> None:
    publics = [champ for champ in changes if champ not in PERSONNELS]
    consigner(
        acteur,
        "modifier",
        "entite",
        entite_id,
        avant={champ: avant[champ] for champ in publics},
        apres={champ: apres[champ] for champ in publics} | {"champs": changes},
    )


def _facultatif(lecteur: Callable[[str], str]) -> Callable[[str], str]:
    return lambda texte: lecteur(texte) if texte.strip() else ""


_LECTEURS: Mapping[str, Callable[[str], str]] = {
    "raison_sociale": lambda t: lire_texte(
        t, "raison_sociale", RAISON_SOCIALE_MAX, vide=mon_entite.RAISON_SOCIALE_VIDE
    ),
    "siret": lire_siret,
    "adresse": lambda t: lire_texte(t, "adresse", ADRESSE_MAX),
    "email": _facultatif(verifier_email),
    "telephone": lire_telephone,
    "signataire": lambda t: lire_texte(t, "signataire", SIGNATAIRE_MAX),
    "signataire_qualite": lambda t: lire_texte(t, "signataire_qualite", QUALITE_MAX),
}
