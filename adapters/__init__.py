"""Technologies that implement the ports of the domain, one a package."""
