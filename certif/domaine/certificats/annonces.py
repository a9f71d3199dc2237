"""Mails to the entité about its certificates: rows, written with what causes them; never a trainee's name."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date

from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.courriers.actions import Lettre, ecrire
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.certificats import annulation as textes_annulation
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.libelles.sessions.annonces import sujet_entite
from certif.domaine.sessions.annonces import destinataires
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.regles import delais
from certif.domaine.temps import date_de
from certif.socle.adresses import adresse


def annoncer_generation(session_certif: SessionCertification) -> None:
    """« 8 certificats à télécharger jusqu'au 26/04/2026 inclus »."""
    nombre = session_certif.certificats_total
    dernier_jour = delais.telechargeable_jusqu_au(_genere_le(session_certif))
    _ecrire(
        session_certif,
        f"v{session_certif.version}-generes",
        textes.objet_a_telecharger(nombre, dernier_jour),
        textes.phrase_a_telecharger(nombre, session_certif.numero, dernier_jour),
    )


def annoncer_echecs(session_certif: SessionCertification, rates: int, total: int) -> None:
    """« 1 certificat sur 12 n'a pas pu être généré »; once per attempt of the entité."""
    _ecrire(
        session_certif,
        f"v{session_certif.version}-echecs",
        textes.objet_echec(rates, total),
        textes.phrase_echec(rates, total),
    )


@dataclass(frozen=True, slots=True)
class Annonce:
    """What a mail says of a session; `sorte` makes it one event of that session."""

    sorte: str
    objet: str
    phrase: str
    onglet: str = "telechargements"


def rappel_de_telechargement(session_certif: SessionCertification, jours: int) -> Annonce:
    """« certificats non téléchargés, 7 jours restants »."""
    suppression = delais.purge_le(_genere_le(session_certif))
    return Annonce(
        f"telechargement-{jours}",
        textes.objet_non_telecharges(jours),
        textes.phrase_non_telecharges(session_certif.certificats_total, session_certif.numero, suppression),
    )


def annoncer_annulation(
    session_certif: SessionCertification, nombre: int, rectificative: int | None, *, auteur_id: int
) -> None:
    """« 2 certificats annulés »: whoever declared the session may have handed them out already (R14)."""
    _ecrire(
        session_certif,
        f"v{session_certif.version}-annules",
        textes_annulation.objet(nombre),
        textes_annulation.phrase_courrier(nombre, session_certif.numero, rectificative),
        sauf=auteur_id,
    )


def annoncer_annulation_apres_purge(bilan: Bilan, numeros: Sequence[str]) -> None:
    """The same once nothing is left of the session but its bilan: there is no page to say which."""
    for destinataire_id in destinataires(bilan.entite_id, bilan.declarant_id):
        ecrire(
            f"session-{bilan.numero}-annules-{min(numeros)}",
            destinataire_id,
            sujet_entite(bilan.numero, textes_annulation.objet(len(numeros))),
            corps(
                textes_annulation.phrase_courrier_apres_purge([presenter(n) for n in numeros], bilan.numero),
                adresse("/"),
            ),
        )


def rappel_d_effacement(session_certif: SessionCertification, efface: date, jours: int) -> Annonce:
    """A session without certificates is about to be erased; a corrected F gives a new date and a new mail."""
    return Annonce(
        f"effacement-{efface.isoformat()}-{jours}",
        textes.objet_effacement(efface),
        textes.phrase_effacement(session_certif.numero, efface),
        onglet="session",
    )


def lettres(session_certif: SessionCertification, annonce: Annonce, a_qui: Iterable[int]) -> list[Lettre]:
    """The mails of one announcement."""
    numero = session_certif.numero
    chemin = f"/entite/{session_certif.entite_id}/sessions/{numero}/{annonce.onglet}"
    sujet, texte = sujet_entite(numero, annonce.objet), corps(annonce.phrase, adresse(chemin))
    return [Lettre(f"session-{numero}-{annonce.sorte}", qui, sujet, texte, numero) for qui in a_qui]


def _ecrire(
    session_certif: SessionCertification, sorte: str, objet: str, phrase: str, sauf: int | None = None
) -> None:
    """`sauf` is whoever did it, and knows."""
    a_qui = destinataires(session_certif.entite_id, session_certif.declarant_id)
    for lettre in lettres(session_certif, Annonce(sorte, objet, phrase), (x for x in a_qui if x != sauf)):
        ecrire(lettre.evenement, lettre.destinataire_id, lettre.sujet, lettre.corps, lettre.session_numero)


def _genere_le(session_certif: SessionCertification) -> date:
    if session_certif.genere_le is None:
        raise ValueError("a generated session has its date")
    return date_de(session_certif.genere_le)
