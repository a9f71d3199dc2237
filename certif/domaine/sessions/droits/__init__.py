"""The rights that a session needs, loaded and given to the rules (R1 to R3): what blocks it, or would."""
