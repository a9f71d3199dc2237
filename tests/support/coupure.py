"""A network that fails as phones know it: cut, silent, or letting questions through and no answer back."""

import asyncio
import threading
from enum import StrEnum


class Reseau(StrEnum):
    """What becomes of connections; `SANS_RETOUR`: what is asked arrives, what is answered does not."""

    OUVERT = "ouvert"
    COUPE = "coupe"
    SANS_RETOUR = "sans-retour"


class Coupure:
    """Listens on `port` and hands everything to the site at `vers`, as long as `etat` lets it."""

    def __init__(self, port: int, vers: int) -> None:
        self.url = f"http://localhost:{port}"
        self.etat = Reseau.OUVERT
        self._port = port
        self._vers = vers
        self._ouvertes: set[asyncio.StreamWriter] = set()
        self._boucle = asyncio.new_event_loop()
        self._fil = threading.Thread(target=self._boucle.run_forever, daemon=True)

    def demarrer(self) -> None:
        self._fil.start()
        ouvert = asyncio.start_server(self._servir, "localhost", self._port)
        asyncio.run_coroutine_threadsafe(ouvert, self._boucle).result(10)

    def arreter(self) -> None:
        asyncio.run_coroutine_threadsafe(_finir(), self._boucle).result(10)
        self._boucle.call_soon_threadsafe(self._boucle.stop)
        self._fil.join(10)
        self._boucle.close()

    def mettre(self, etat: Reseau) -> None:
        """From now on; connections that are open are closed with it."""
        self.etat = etat
        asyncio.run_coroutine_threadsafe(self._fermer(), self._boucle).result(10)

    async def _fermer(self) -> None:
        for ouverte in list(self._ouvertes):
            ouverte.transport.abort()
        self._ouvertes.clear()

    async def _servir(self, lu: asyncio.StreamReader, rendu: asyncio.StreamWriter) -> None:
        if self.etat is Reseau.COUPE:
            rendu.transport.abort()
            return
        self._ouvertes.add(rendu)
        try:
            site_lu, site_rendu = await asyncio.open_connection("127.0.0.1", self._vers)
            await asyncio.gather(_passer(lu, site_rendu), self._rendre(site_lu, rendu))
        except OSError:
            pass  # one side hung up, or never listened
        finally:
            self._ouvertes.discard(rendu)
            rendu.close()

    async def _rendre(self, lu: asyncio.StreamReader, rendu: asyncio.StreamWriter) -> None:
        while morceau := await lu.read(65_536):
            if self.etat is not Reseau.OUVERT:
                rendu.transport.abort()
                return
            rendu.write(morceau)
            await rendu.drain()
        rendu.close()


async def _finir() -> None:
    """End what is still being handed over."""
    en_cours = asyncio.all_tasks() - {asyncio.current_task()}
    for tache in en_cours:
        tache.cancel()
    await asyncio.gather(*en_cours, return_exceptions=True)


async def _passer(lu: asyncio.StreamReader, vers: asyncio.StreamWriter) -> None:
    while morceau := await lu.read(65_536):
        vers.write(morceau)
        await vers.drain()
    vers.close()
