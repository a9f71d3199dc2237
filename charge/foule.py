"""Many at once, by Locust: `python -m charge.foule PORT SESSIONS QUI COMBIEN SECONDES PAR_SECONDE`.

In a process of its own. QUI: `tous`, or `reponses` for formateurs who do nothing but answer. A closed loop:
each waits for an answer before they ask again; PAR_SECONDE requests a second altogether, each at a moment of
its own, or, if that is 0, as many as are served. What happens while they log in is not counted. Prints one
line of JSON.
"""

# Locust first: what it changes in this process, it changes before anything else is loaded.
from locust import FastHttpUser, task
from locust.env import Environment

# isort: split

import json
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Iterator
from itertools import count
from random import expovariate
from typing import Any

import gevent

from charge.parcours import JOURNEES, Journee, formateur_qui_repond
from charge.taille import Taille
from charge.visite import Demande, Refusee, Reponse, Visiteur

CHAUFFE_S = 8.0
"""For everybody to log in, and to read a first page."""
_DELAI_S = 60.0


class Personne(FastHttpUser):
    """Somebody of the crowd; `journees` says what each in turn does, `rythme` how many requests a second."""

    abstract = True
    taille: Taille
    journees: list[Journee]
    comptes: defaultdict[Journee, Iterator[int]]
    rangs: Iterator[int]
    fautes: Counter[str]
    rythme = 0.0
    connection_timeout = network_timeout = _DELAI_S

    def wait_time(self) -> float:
        """Nothing, or what keeps the pace; by chance, for people who wait alike would ask all at once."""
        if not self.rythme:
            return 0.0
        self._prochaine += expovariate(self.rythme)
        return max(0.0, self._prochaine - time.monotonic())

    def on_start(self) -> None:
        """Choose who they are."""
        self._prochaine = time.monotonic()
        journee = self.journees[next(self.rangs) % len(self.journees)]
        self._pas = journee(Visiteur(self._envoyer), self.taille, next(self.comptes[journee]))

    @task  # type: ignore[untyped-decorator]  # Locust is not where types are checked
    def continuer(self) -> None:
        """One request more; a refusal is counted, and the day begins again."""
        try:
            next(self._pas)
        except Refusee as erreur:
            self.fautes[str(erreur)] += 1
            self.on_start()

    def _envoyer(self, demande: Demande) -> Reponse:
        def demander() -> Any:
            return self.client.request(
                demande.methode,
                demande.adresse,
                name=demande.nom,
                data=None if demande.champs is None else dict(demande.champs),
                headers=dict(demande.entetes),
                allow_redirects=False,
            )

        # A connection that the server let go while they were thinking is opened again, as browsers do.
        reponse = demander()
        if not reponse.status_code:
            reponse = demander()
        vers = reponse.headers.get("Location", "") if reponse.headers else ""
        return Reponse(reponse.status_code, reponse.text or "", vers)


def courir(
    port: int, taille: Taille, qui: str, combien: int, secondes: float, par_s: float
) -> dict[str, Any]:
    """Milliseconds of every answer by page, requests a second, and what went wrong, by its words."""
    environnement = Environment(user_classes=[Personne], host=f"http://127.0.0.1:{port}")
    temps: dict[str, list[float]] = defaultdict(list)
    fautes: Counter[str] = Counter()
    Personne.fautes = fautes

    def noter(name: str, response_time: float, exception: Exception | None, **_: Any) -> None:
        if exception is None:
            temps[name].append(round(response_time, 2))

    environnement.events.request.add_listener(noter)
    tous = [journee for journee, fois in JOURNEES for _ in range(fois)]
    Personne.journees = tous if qui == "tous" else [formateur_qui_repond]
    Personne.taille, Personne.rangs = taille, count()
    Personne.comptes = defaultdict(count)
    Personne.rythme = par_s / combien
    coureur = environnement.create_local_runner()
    coureur.start(combien, spawn_rate=combien / 4)
    gevent.sleep(CHAUFFE_S)
    temps.clear()
    gevent.sleep(secondes)
    mesures = {nom: sorted(t) for nom, t in temps.items()}
    coureur.quit()
    return {
        "par_seconde": round(sum(map(len, mesures.values())) / secondes, 1),
        "temps": mesures,
        "fautes": dict(fautes),
    }


if __name__ == "__main__":
    port, sessions, qui, combien, secondes, par_s = sys.argv[1:]
    resultat = courir(int(port), Taille(int(sessions)), qui, int(combien), float(secondes), float(par_s))
    print(json.dumps(resultat))
