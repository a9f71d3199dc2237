"""The words that users read, in one place: one module per kind of text.

Nothing is gathered here on purpose: the low-level modules (`temps`, `noms`) take their messages from
`libelles.saisie`, which must not drag in the texts that need formatted dates.
"""
