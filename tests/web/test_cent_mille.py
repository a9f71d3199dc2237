"""The lists over 100,000 sessions: as many queries as over a hundred, a light answer, the right index."""

import time
from datetime import timedelta

import brotli
import pytest
from sqlalchemy import String, cast, true

from certif.domaine.referentiel.modeles import Certificat
from certif.domaine.sessions.etats import Etat
from certif.domaine.sessions.modeles import SessionCertification, Stagiaire
from certif.domaine.sessions.valeurs import Identification, TypeLieu
from certif.socle.base.extensions import db
from certif.socle.base.statistiques import etudier
from certif.socle.horloge import aujourd_hui, maintenant
from charge.copies import copier, rangs, table_de
from tests.support.factories import (
    identites,
    un_certificat,
    un_stagiaire,
    une_habilitation,
    une_qualification,
)
from tests.support.sampling import ampleur
from tests.support.statements import plans, requetes, requetes_et_valeurs
from tests.web.distribution import Monde, Navigateur

pytestmark = [pytest.mark.taille, pytest.mark.lent]

CENT, CENT_MILLE = 100, ampleur(10_000, 100_000)
FRAGMENT_MAX = 15_000
PARTIEL = {"HX-Request": "true", "HX-Request-Type": "partial"}


@pytest.fixture
def peuple(chaque_base: str, monde: Monde) -> Monde:
    """A hundred sessions, three in four of entité A, in every state, with one stagiaire each."""
    with monde.app.app_context():
        certificat = un_certificat()
        for entite_id in monde.entites.values():
            une_habilitation(entite_id, certificat.niveau_id)
        for qui in ("formateur", "double"):
            une_qualification(monde.individus[qui], certificat.niveau_id)
        db.session.add_all(_session(monde, certificat, rang) for rang in range(CENT))
        db.session.commit()
    return monde


def _session(monde: Monde, certificat: Certificat, rang: int) -> SessionCertification:
    entite, gestionnaire, delegataire = (
        ("B", "autre", "autre") if rang % 4 == 3 else ("A", "gestionnaire", "delegataire")
    )
    etat = list(Etat)[rang % 5]
    produite = etat in (Etat.GENERATION, Etat.GENERE)
    return SessionCertification(
        jeton=f"jeton-{rang}",
        entite_id=monde.entites[entite],
        declarant_id=monde.individus[gestionnaire if rang % 8 else delegataire],
        dernier_intervenant_id=monde.individus[gestionnaire],
        formateur_id=monde.individus["formateur" if rang % 2 else "double"],
        etat=etat,
        niveau_id=certificat.niveau_id,
        certificat_id=certificat.id,
        lieu_type=TypeLieu.FRANCE,
        code_postal="26800",
        ville="ETOILE SUR RHONE",
        identification=Identification.INITIAL,
        date_fin=aujourd_hui() - timedelta(days=rang % 60 - 20),
        reference_interne=f"Convention {rang}",
        creee_le=maintenant(),
        modifiee_le=maintenant(),
        soumise_le=None if etat is Etat.SAISIE else maintenant(),
        generation_demandee_le=maintenant() if produite else None,
        genere_le=maintenant() if etat is Etat.GENERE else None,
        certificats_total=1 if produite else 0,
        telecharge_le=maintenant() if etat is Etat.GENERE and rang % 10 == 9 else None,
        stagiaires=[un_stagiaire(*identite) for identite in identites(1)],
    )


def multiplier(monde: Monde) -> None:
    """Each session a thousand times, in two statements."""
    n = rangs(CENT_MILLE // CENT - 1)
    with monde.app.app_context():
        for genre, clef in ((SessionCertification, "numero"), (Stagiaire, "session_numero")):
            table = table_de(genre)
            changees = {clef: table.c[clef] + n.c.n * CENT}
            if genre is SessionCertification:
                changees["jeton"] = table.c.jeton + "-" + cast(n.c.n, String)
            copier(genre, changees, table.join(n, true()), sans=("id",))
        db.session.commit()
        etudier()


def listes(monde: Monde) -> list[tuple[str, str]]:
    """Who asks for what: every list as it opens, then filtered, sorted, searched, at its last page."""
    a = f"/entite/{monde.entites['A']}/sessions"
    return [
        ("gestionnaire", f"{a}/a-traiter"),
        ("gestionnaire", f"{a}/en-cours"),
        ("gestionnaire", f"{a}/a-traiter?etat=validation_entite&par=moi&tri=date-fin&sens=desc"),
        ("gestionnaire", f"{a}/en-cours?tri=intervenant&page=9999"),
        ("gestionnaire", f"{a}/en-cours?page=2-apres-{CENT // 2}"),
        ("gestionnaire", f"{a}/en-cours?recherche=convention+99"),
        ("delegataire", f"{a}/en-cours"),
        ("formateur", "/formateur/sessions/a-traiter"),
        ("formateur", "/formateur/sessions/en-cours"),
    ]


def test_lists_cost_the_same_over_a_hundred_thousand_sessions(
    peuple: Monde, chaque_base: str, navigateur: Navigateur, capsys: pytest.CaptureFixture[str]
) -> None:
    peu = [mesurer(peuple, navigateur, *demande) for demande in listes(peuple)]
    multiplier(peuple)
    beaucoup = [mesurer(peuple, navigateur, *demande) for demande in listes(peuple)]
    with capsys.disabled():
        print(f"\n{CENT_MILLE} sessions, {chaque_base}: queries, ms, brotli bytes of the fragment")
        for (qui, adresse), (nombre, ms, octets) in zip(listes(peuple), beaucoup, strict=True):
            print(f"  {nombre:2} {ms:6.0f} {octets:6}  {qui} {adresse}")
    assert [nombre for nombre, _, _ in beaucoup] == [nombre for nombre, _, _ in peu]
    assert max(octets for _, _, octets in beaucoup) < FRAGMENT_MAX
    _les_sessions_se_trouvent_par_index(peuple, chaque_base, navigateur)


def _les_sessions_se_trouvent_par_index(monde: Monde, base: str, navigateur: Navigateur) -> None:
    """All are counted once, by an index alone; those that wait, and a page of the others, by theirs."""
    navigateur.connecter("gestionnaire")
    liste = f"/entite/{monde.entites['A']}/sessions/en-cours"
    with requetes_et_valeurs() as vues:
        navigateur.get(liste)
    (comptes,) = plans(monde.app, vues, "GROUP BY session_certification")
    # Where most sessions are of one entité, PostgreSQL rather reads the table.
    assert base == "postgresql" or "COVERING INDEX ix_session_entite_etat (" in comptes, comptes
    assert "ix_session_a_telecharger" in comptes, comptes
    for suite in ("", f"?page=900-apres-{CENT_MILLE // 2}", f"?page=900-avant-{CENT_MILLE // 2}"):
        with requetes_et_valeurs() as vues:
            navigateur.get(liste + suite)
        (page,) = plans(monde.app, vues, "ORDER BY session_certification.numero")
        assert "ix_session_entite" in page and "TEMP B-TREE" not in page and "Sort" not in page, page


def mesurer(monde: Monde, navigateur: Navigateur, qui: str, adresse: str) -> tuple[int, float, int]:
    """Queries of the page, milliseconds and compressed bytes of its fragment."""
    navigateur.connecter(qui)
    with requetes() as vues:
        page = navigateur.get(adresse)
    assert page.status_code == 200, adresse
    debut = time.perf_counter()
    fragment = navigateur.get(adresse, headers=PARTIEL)
    duree = (time.perf_counter() - debut) * 1000
    assert fragment.status_code == 200, adresse
    assert fragment.text.startswith("<hx-partial")
    return len(vues), duree, len(brotli.compress(fragment.data, quality=5))


def test_the_overview_costs_the_same_over_as_many(
    peuple: Monde, chaque_base: str, navigateur: Navigateur, capsys: pytest.CaptureFixture[str]
) -> None:
    """Bounded, whatever waits and whatever a month holds; its workbook too."""
    adresse = f"/entite/{peuple.entites['A']}/vue-d-ensemble"
    peu = [_mesurer_la_page(navigateur, adresse + suite)[0] for suite in ("", "/classeur")]
    multiplier(peuple)
    beaucoup = [_mesurer_la_page(navigateur, adresse + suite) for suite in ("", "/classeur")]
    with capsys.disabled():
        print(f"\n{CENT_MILLE} sessions, {chaque_base}: queries, ms, brotli bytes: {beaucoup}")
    # Fewer where none of those shown was submitted: nothing blocks them.
    assert all(nombre <= avant for (nombre, _, _), avant in zip(beaucoup, peu, strict=True))
    assert beaucoup[0][2] < FRAGMENT_MAX


def _mesurer_la_page(navigateur: Navigateur, adresse: str) -> tuple[int, int, int]:
    navigateur.connecter("gestionnaire")
    navigateur.get(adresse)
    debut = time.perf_counter()
    with requetes() as vues:
        page = navigateur.get(adresse)
    assert page.status_code == 200
    duree = round((time.perf_counter() - debut) * 1000)
    return len(vues), duree, len(brotli.compress(page.data, quality=5))
