"""The words that users read, in folders that mirror the domain's.

What the domain says (a refusal, a warning, whose turn it is, a mail) stands here, in the folder of the
domain folder that says it, or in the one module of that name where a folder says little. Pages share these
sentences, and those of their own that hold a value or a rule stand beside them. The rest of the root is
everybody's.

A label of up to three words that a single page shows stands in that page; so does what a page says of
itself, in its template or in its description. A module here has two users at least: the words of one alone
are folded into a neighbour.

Nothing is gathered here on purpose: the low-level modules (`temps`, `noms`) take their messages from the
root, which must not drag in the texts that need formatted dates.
"""
