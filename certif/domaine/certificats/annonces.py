"""Mails to the entité about its certificates: rows, written with what causes them; never a trainee's name."""

from collections.abc import Collection, Iterable, Mapping, Sequence
from dataclasses import replace
from datetime import date

from certif.domaine.certificats.impression import impressions
from certif.domaine.certificats.modeles import LigneRegistre
from certif.domaine.certificats.registre.numeros import presenter
from certif.domaine.courriers.actions import Lettre, ecrire
from certif.domaine.libelles.cadre_des_courriers import corps
from certif.domaine.libelles.certificats import annulation as textes_annulation
from certif.domaine.libelles.certificats import generation as textes
from certif.domaine.libelles.sessions.annonces import sujet_entite
from certif.domaine.sessions.annonces import destinataires
from certif.domaine.sessions.courriers.faits import Faits, echeance_de_l_entite, faits
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification
from certif.domaine.sessions.modeles_annexes import Bilan
from certif.domaine.sessions.regles import delais, lieux
from certif.domaine.temps import date_de
from certif.socle.adresses import adresse
from certif.socle.base.extensions import db


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
    lieu = lieux.libelle_du_lieu(bilan.lieu_type, bilan.code_postal, bilan.ville, bilan.pays)
    imprime = str(db.session.get_one(LigneRegistre, min(numeros)).emission.libelle)
    dits = Faits(imprime, bilan.date_fin, lieu, bilan.stagiaires, "", "", "").pour_l_entite()
    for destinataire_id in destinataires(bilan.entite_id, bilan.declarant_id):
        ecrire(
            f"session-{bilan.numero}-annules-{min(numeros)}",
            destinataire_id,
            sujet_entite(bilan.numero, textes_annulation.objet(len(numeros))),
            corps(
                textes_annulation.phrase_courrier_apres_purge([presenter(n) for n in numeros], bilan.numero),
                adresse("/"),
                dits,
            ),
        )


def lettres_du_dernier_jour(
    sessions: Collection[SessionCertification], a_qui: Mapping[tuple[int, int], Iterable[int]]
) -> list[Lettre]:
    """« certificats non téléchargés, 1 jour restant »; `a_qui` by entité and declarer."""
    dits = faits_imprimes(sessions)
    return [
        _lettre(
            s,
            "telechargement-1",
            qui,
            textes.objet_non_telecharges(1),
            textes.phrase_non_telecharges(s.certificats_total, s.numero, delais.purge_le(_genere_le(s))),
            dits[s.numero],
        )
        for s in sessions
        for qui in a_qui[s.entite_id, s.declarant_id]
    ]


def faits_imprimes(sessions: Collection[SessionCertification]) -> dict[int, Faits]:
    """By number; of those whose certificates are issued, what they print (R15)."""
    imprimes = impressions([s for s in sessions if s.etat is Etat.GENERE])
    return {
        numero: replace(
            dits,
            certificat=str(imprimes[numero].emission.libelle),
            lieu=imprimes[numero].lieu,
        )
        if numero in imprimes
        else dits
        for numero, dits in faits(sessions).items()
    }


def _ecrire(
    session_certif: SessionCertification, sorte: str, objet: str, phrase: str, sauf: int | None = None
) -> None:
    """`sauf` is whoever did it, and knows."""
    dits = faits_imprimes([session_certif])[session_certif.numero]
    for qui in destinataires(session_certif.entite_id, session_certif.declarant_id):
        if qui != sauf:
            lettre = _lettre(session_certif, sorte, qui, objet, phrase, dits)
            ecrire(lettre.evenement, qui, lettre.sujet, lettre.corps, lettre.session_numero)


def _lettre(
    session_certif: SessionCertification, sorte: str, qui: int, objet: str, phrase: str, dits: Faits
) -> Lettre:
    numero = session_certif.numero
    chemin = f"/entite/{session_certif.entite_id}/sessions/{numero}/telechargements"
    texte = corps(phrase, adresse(chemin), dits.pour_l_entite(echeance_de_l_entite(session_certif)))
    return Lettre(f"session-{numero}-{sorte}", qui, sujet_entite(numero, objet), texte, numero)


def _genere_le(session_certif: SessionCertification) -> date:
    if session_certif.genere_le is None:
        raise ValueError("a generated session has its date")
    return date_de(session_certif.genere_le)
