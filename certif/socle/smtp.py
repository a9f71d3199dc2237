"""Handing messages to an SMTP server, given by an address such as `smtp://user:password@host:587`."""

import smtplib
import ssl
from collections.abc import Iterator
from contextlib import contextmanager, suppress
from email.message import EmailMessage
from urllib.parse import unquote, urlsplit

DELAI_S = 15.0
_BOUCLE = ("localhost", "127.0.0.1", "::1")
_PORTS = {"smtp": 587, "smtps": 465}


class ServeurInjoignable(Exception):
    """No message can go now: the server is down, hangs, refuses us or is not safe enough for our mails."""


class RefusDefinitif(Exception):
    """The server will never take this message (5xx): trying again would not help."""


class RefusPassager(Exception):
    """The server did not take this message, or died before saying so: to be tried again later."""


@contextmanager
def liaison(adresse: str, contexte: ssl.SSLContext | None = None) -> Iterator[smtplib.SMTP]:
    """An open connection, encrypted from the start (smtps) or by STARTTLS (smtp).

    Raises:
        ServeurInjoignable: the connection cannot be opened. Neither a password nor a mail, which may hold a
            link that opens an account, goes in clear elsewhere than to this machine.
    """
    parties = urlsplit(adresse)
    hote, port = parties.hostname or "", parties.port or _PORTS[parties.scheme]
    tls = contexte or ssl.create_default_context()
    try:
        if parties.scheme == "smtps":
            serveur: smtplib.SMTP = smtplib.SMTP_SSL(hote, port, timeout=DELAI_S, context=tls)
        else:
            serveur = smtplib.SMTP(hote, port, timeout=DELAI_S)
    except (OSError, smtplib.SMTPException) as erreur:
        raise ServeurInjoignable(type(erreur).__name__) from erreur
    try:
        _preparer(serveur, parties.username, parties.password, hote, tls)
        yield serveur
    finally:
        with suppress(OSError, smtplib.SMTPException):
            serveur.quit()
        serveur.close()


def _preparer(
    serveur: smtplib.SMTP, nom: str | None, mot_de_passe: str | None, hote: str, tls: ssl.SSLContext
) -> None:
    chiffre = isinstance(serveur, smtplib.SMTP_SSL)
    try:
        serveur.ehlo_or_helo_if_needed()
        if not chiffre and serveur.has_extn("starttls"):
            serveur.starttls(context=tls)
            serveur.ehlo()
            chiffre = True
        if not chiffre and hote not in _BOUCLE:
            raise ServeurInjoignable("no encryption")
        if nom:
            serveur.login(unquote(nom), unquote(mot_de_passe or ""))
    except (OSError, smtplib.SMTPException) as erreur:
        raise ServeurInjoignable(type(erreur).__name__) from erreur


def transmettre(serveur: smtplib.SMTP, message: EmailMessage) -> None:
    """Hand one message over; when this returns the server answers for it.

    Raises:
        RefusDefinitif: the server said 5xx to the recipient or to the content.
        RefusPassager: the server said 4xx.
        ServeurInjoignable: the connection broke, maybe after the message had gone; or the sender is refused.
    """
    try:
        serveur.send_message(message)
    except smtplib.SMTPRecipientsRefused as erreur:
        codes = [code for code, _ in erreur.recipients.values()]
        raise (RefusDefinitif if all(code >= 500 for code in codes) else RefusPassager)(str(codes)) from None
    except smtplib.SMTPDataError as erreur:
        raise (RefusDefinitif if erreur.smtp_code >= 500 else RefusPassager)(str(erreur.smtp_code)) from None
    except (OSError, smtplib.SMTPException) as erreur:
        raise ServeurInjoignable(type(erreur).__name__) from None
