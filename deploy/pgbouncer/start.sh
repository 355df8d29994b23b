#!/bin/sh
# Writes the password of the user `archive` where pgbouncer.ini says, and starts PgBouncer.
set -eu
umask 077
quoted=$(printf '%s' "$POSTGRES_PASSWORD" | sed 's/"/""/g')
printf '"archive" "%s"\n' "$quoted" > "${USERS:-/tmp/userlist.txt}"
exec pgbouncer "${CONFIGURATION:-/etc/pgbouncer/pgbouncer.ini}"
