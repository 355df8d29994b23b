"""Sign-in of staff, and its limits. See docs/security.md."""
