"""What a gestionnaire sees of the whole entité, on one page and in one workbook."""
