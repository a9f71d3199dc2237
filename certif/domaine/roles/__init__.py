"""What one may: roles given, proposed and withdrawn; utilisateurs, individus, merging (R17, R18)."""
