# What the commands for operators share. They are called by pipeline.mk, which exports the
# variables of session-communities(7) and `me`, the word that people type ("make").
set -eu

say() { printf '%-12s %s\n' "$1" "$2"; }
stop() { echo "$me: $1" >&2; exit "${2:-1}"; }

# seconds_since TIME: from a time that GNU date reads
seconds_since() { echo $(($(date +%s) - $(date -d "$1" +%s))); }
