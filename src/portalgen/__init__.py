"""portalgen: password-protected project portals, one per client, from a folder of text."""
