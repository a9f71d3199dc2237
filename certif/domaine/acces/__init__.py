"""How one comes in: password, second factor, passkeys, links, invitations, throttles, logins."""
