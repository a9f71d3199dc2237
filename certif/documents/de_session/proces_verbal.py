"""The procès-verbal of a session: what an auditor asks for a year later, once the session is erased."""

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from certif.documents.de_session.dessin import Page
from certif.documents.de_session.entete import EnTete
from certif.documents.de_session.maquette import Maquette
from certif.documents.de_session.styles import libelle_de, phrase_de
from certif.documents.de_session.tableau import Cellule, Colonne, Ligne, cellule, rang
from certif.documents.de_session.tete import (
    PORTRAIT,
    TITRES,
    Champ,
    Fait,
    fait,
    habillage,
    hauteur_a_signer,
    hauteur_de,
    hauteur_utile,
    ranger_les_faits,
)
from certif.documents.rendu.coupes import Feuillet, Liste, Morceau, paginer
from certif.documents.rendu.mise_en_page import Bloc
from certif.documents.rendu.pages import FORT, colonne, en_nfc, jour, poser, textes

TITRE = "Procès-verbal de session"
_TITRE = 33.0
"""Height of the heading of a part."""
_FAITS = (258, 257)
_RESULTATS = (
    Colonne(24, ""),
    Colonne(164, "Stagiaire"),
    Colonne(62, "Né(e) le"),
    Colonne(130, "Résultat"),
    Colonne(135, "Certificat n°"),
)
_ACTES = (Colonne(110, "Date et heure (Paris)"), Colonne(215, "Acte"), Colonne(190, "Par"))


@dataclass(frozen=True, slots=True, kw_only=True)
class Participant:
    """One trainee and what became of them: `resultat` with the reason of an échec, `certificat` or ""."""

    nom: str
    prenom: str
    date_naissance: date | None
    resultat: str
    certificat: str


@dataclass(frozen=True, slots=True)
class Acte:
    """One move of the session: when (in words, in Paris), what, and by whom in which role."""

    quand: str
    quoi: str
    par: str


@dataclass(frozen=True, slots=True, kw_only=True)
class ProcesVerbal:
    """Everything that it says; `bilan` sums the results up, `mention` says how the file is verified.

    `signataire` signs for the entité: name and office, or "" where they are to be written.
    """

    entete: EnTete
    participants: tuple[Participant, ...]
    actes: tuple[Acte, ...]
    validite: str
    rectifie: str
    bilan: str
    mention: str
    signataire: str
    emis_le: date


@dataclass(frozen=True, slots=True)
class _Ligne:
    titulaire: Bloc
    naissance: Bloc
    resultat: Bloc
    numero: Bloc

    @property
    def hauteur(self) -> float:
        return max(map(hauteur_de, (self.titulaire, self.resultat, self.numero)))

    @property
    def cellules(self) -> tuple[Cellule, ...]:
        autres = (self.naissance, self.resultat, self.numero)
        return cellule(self.titulaire, FORT), *map(cellule, autres)


@dataclass(frozen=True, slots=True)
class _Geste:
    quand: Bloc
    quoi: Bloc
    par: Bloc

    @property
    def hauteur(self) -> float:
        return max(map(hauteur_de, (self.quand, self.quoi, self.par)))

    @property
    def cellules(self) -> tuple[Cellule, ...]:
        return tuple(map(cellule, (self.quand, self.quoi, self.par)))


def rendre_proces_verbal(pv: ProcesVerbal) -> bytes:
    """Facts, results, then moves, oldest first; the head comes again on each page.

    Raises:
        RenduImpossible: a text cannot be printed, or does not read back.
    """
    return maquette_du_proces_verbal(pv).rendre()


def maquette_du_proces_verbal(pv: ProcesVerbal) -> Maquette:
    """Raises RenduImpossible."""
    pv = en_nfc(pv)
    resultats = [_ligne(p) for p in pv.participants]
    actes = [_geste(a) for a in pv.actes]
    rangees = ranger_les_faits(_faits(pv), 2)
    phrase = poser("bilan", [pv.bilan], colonne(515, 9))
    mention = poser("mention", [pv.mention], colonne(515, 7.5))
    avant = sum(r.hauteur for r in rangees) + _TITRE + hauteur_de(phrase) + 8
    listes = [
        Liste(avant, TITRES, tuple(ligne.hauteur for ligne in resultats)),
        Liste(_TITRE, TITRES, tuple(acte.hauteur for acte in actes)),
    ]
    cloture = 8 + hauteur_de(mention) + hauteur_a_signer(2)
    sous = f"{TITRE} n°{pv.entete.session_numero}, établi le {jour(pv.emis_le)}"
    valeurs = habillage(pv.entete, TITRE, PORTRAIT, sous) | {
        "rangees": rangees,
        "phrase": phrase,
        "resultats": resultats,
        "actes": actes,
        "mention": mention,
        "pages": paginer(listes, Feuillet(hauteur_utile(PORTRAIT[1]), cloture, ample=22, serre=18)),
        "cloture": [
            _signe("Le formateur", pv.entete.formateur),
            _signe("Pour l’organisme (nom, qualité)", pv.signataire),
        ],
    }

    def morceau(page: Page, m: Morceau, _: bool) -> None:
        if m.liste == 0:
            if m.debut == 0:
                page.titre("Résultats")
                page.paragraphe(phrase_de(phrase), 0, 6)
            ici = enumerate(zip(m.hauteurs, resultats[m.debut :], strict=False), start=m.debut + 1)
            page.tableau(_RESULTATS, [Ligne(h, (rang(n), *ligne.cellules)) for n, (h, ligne) in ici])
        else:
            if m.debut == 0:
                page.titre("Déroulement")
            gestes = zip(m.hauteurs, actes[m.debut :], strict=False)
            page.tableau(_ACTES, [Ligne(h, geste.cellules) for h, geste in gestes])

    attendus = [t for ligne in resultats for t in textes((ligne.titulaire, ligne.resultat, ligne.numero))]
    attendus += [t for acte in actes for t in textes((acte.quand, acte.quoi, acte.par))]
    return Maquette(
        "proces_verbal.html",
        pv.emis_le,
        attendus,
        valeurs,
        avant=lambda page: page.faits(rangees, _FAITS),
        morceau=morceau,
        apres=lambda page: page.paragraphe(libelle_de(mention), 8),
    )


def _signe(en_tant_que: str, qui: str) -> Sequence[Champ]:
    nom = poser("signataire", [qui], colonne(247, hauteur=26)) if qui else None
    return Champ(en_tant_que, 257, nom), Champ("Le", 100), Champ("Signature", 158)


def _faits(pv: ProcesVerbal) -> list[Fait]:
    """What is known; the entité stands at the head of the page, and here beside its trade name only."""
    e = pv.entete
    faits = {
        "Entité": e.entite if e.nom_commercial else "",
        "Nom imprimé sur les certificats": e.nom_commercial,
        "Habilitation": e.habilitation,
        "Dispositif et niveau": e.dispositif_niveau,
        "Certificat": e.certificat,
        "Identification": e.identification,
        "Lieu de formation": e.lieu,
        "Date de fin de session": jour(e.date_fin),
        "Validité des certificats": pv.validite,
        "Formateur": e.formateur,
        "Session rectifiée": pv.rectifie,
    }
    return [fait(quoi, texte, 245) for quoi, texte in faits.items() if texte]


def _ligne(p: Participant) -> _Ligne:
    return _Ligne(
        poser("stagiaire", [p.nom, p.prenom], colonne(154, 9, FORT, 72)),
        poser("naissance", [jour(p.date_naissance)], colonne(52)),
        poser("résultat", [p.resultat], colonne(120)),
        poser("numéro", [p.certificat or "—"], colonne(125)),
    )


def _geste(a: Acte) -> _Geste:
    return _Geste(
        poser("date", [a.quand], colonne(100)),
        poser("acte", [a.quoi], colonne(205)),
        poser("intervenant", [a.par], colonne(180)),
    )
