"""The certificate: written and sealed at speed, as xhtml2pdf would draw it: the referee."""
