"""The public pages, a file for each family. Each is one address and a constant number of queries."""
