"""Why a document is not made. Light: whoever only reads the refusal loads no layout engine."""

CHANGEMENT = "Le moteur de mise en page n’écrit plus comme attendu."
"""What is said when a new version of the engine is no longer understood."""


class RenduImpossible(Exception):
    """A document that cannot be made: `message` is a French sentence naming nobody, `detail` is for us."""

    def __init__(self, message: str, detail: str = "") -> None:
        super().__init__(message)
        self.message = message
        self.detail = detail
