#!/bin/sh
# Copies the primary the first time, then follows it: sh follow.sh postgres [OPTION…]. PGPASSWORD is the password of `replication`.
set -eu
export PGDATA="${PGDATA_REPLICA:-/var/lib/postgresql/data/replica}"
if [ ! -s "$PGDATA/PG_VERSION" ]; then
  rm -rf "$PGDATA"
  pg_basebackup -h "${PRIMARY_HOST:-primary}" -p "${PRIMARY_PORT:-5432}" -U replication -D "$PGDATA" -R -X stream -S replica -c fast
  chmod 700 "$PGDATA"
fi
exec "$@"
