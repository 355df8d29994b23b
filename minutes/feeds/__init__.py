"""What programs read of the archive: feeds, calendars, and what crawlers ask for.

`changes` says when something changed and whether a reader has it already; `atom` writes feeds, `entries` says
what stands in them and `following` which there are; `calendar` and `sitemap` are what they are called.
"""
