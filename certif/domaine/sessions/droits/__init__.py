"""The rights a session needs (R1 to R3), judged on it; what blocks it, what a change would block."""
