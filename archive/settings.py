"""Settings of the site, read from the environment."""
