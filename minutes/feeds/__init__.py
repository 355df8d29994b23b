"""Atom feeds, iCalendar calendars and sitemaps of what is published.

`views` has a view for each feed, `entries` builds their entries, `atom` writes the XML and `conditional`
answers conditional requests.
"""
