"""*Coller une liste*: trainees from a table, seen before they are added."""
