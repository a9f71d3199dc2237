"""How anything is drawn: fonts, texts that fit their place, pages, QR codes, the layout engine."""
