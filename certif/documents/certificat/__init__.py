"""The certificate: laid out once by xhtml2pdf, then filled and sealed at speed; the referee compares."""
