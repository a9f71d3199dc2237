"""A mailbox behind a real SMTP server."""

import asyncio
from email import message_from_bytes, policy
from email.message import EmailMessage
from typing import Any

from aiosmtpd.controller import Controller
from aiosmtpd.smtp import SMTP


class Boite:
    """A mailbox behind a real server; `reponses` are what it says to each DATA, then 250."""

    def __init__(self) -> None:
        self.recus: list[EmailMessage] = []
        self.reponses: list[str] = []
        self.refuses: dict[str, str] = {}
        self.couper_apres_data = False

    async def handle_RCPT(
        self, serveur: Any, _session: Any, enveloppe: Any, adresse: str, _options: Any
    ) -> str:
        if adresse in self.refuses:
            return self.refuses[adresse]
        enveloppe.rcpt_tos.append(adresse)
        return "250 OK"

    async def handle_DATA(self, serveur: SMTP, _session: Any, enveloppe: Any) -> str:
        if self.reponses:
            return self.reponses.pop(0)
        self.recus.append(message_from_bytes(enveloppe.content, policy=policy.default))
        if self.couper_apres_data and isinstance(serveur.transport, asyncio.Transport):
            serveur.transport.abort()
        return "250 OK"

    def sujets(self) -> list[str]:
        return [str(m["Subject"]) for m in self.recus]


def texte_de(message: EmailMessage, forme: str = "plain") -> str:
    """One of the two forms of a mail."""
    partie = message.get_body((forme,))
    assert partie is not None
    contenu = partie.get_content()
    assert isinstance(contenu, str)
    return contenu


class Serveur(Controller):
    @property
    def url(self) -> str:
        return f"smtp://{self.hostname}:{self.port}"
