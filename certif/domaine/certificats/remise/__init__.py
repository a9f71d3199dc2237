"""Handing certificates over without a printer (R9): a code each, opened by the holder's birth date."""
