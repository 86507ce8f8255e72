# Functions for the commands for operators. pipeline.mk calls these commands and exports the
# variables of session-communities(7) and `me`, the word that people type ("make").
set -eu
[ -z "${DATA-}" ] || DATA=${DATA%/}

say() { printf '%-12s %s\n' "$1" "$2"; }
stop() { echo "$me: $1" >&2; exit "${2:-1}"; }

# In a checkout, the demo is the quick way to a site.
or_demo=$([ "$me" != make ] || echo "; make demo makes one with a few servers on this machine")

# missing PROGRAM...: prints which of these programs this machine lacks
missing() { for program; do command -v "$program" > /dev/null || printf ' %s' "$program"; done; }
# All commands read JSON with jq.
lacks=$(missing jq)
[ -z "$lacks" ] || [ "$(basename "$0")" = doctor ] || stop "this machine has no jq; install Debian's package jq"

# check_settings NAME...: prints a sentence for each setting that is wrong, and fails
check_settings() { "$(dirname "$0")/check-settings" "$@"; }

# Functions for jq:
#   address    HOST[:PORT] of a server
#   is_on($h)  whether this is its address, with or without the port, as for a line of the policy
#   place      the place of the line that was read, and the line
in_jq='
  def address: .base_url // "" | sub("^https?://"; "");
  def without_port: sub(":[0-9]+$"; "");
  def is_on($h): address | . == $h or without_port == $h;
  def place: "\(input_filename):\(input_line_number): \(tojson)";
'

# options NAME VALUE...: the option once for each value; nothing if there is none
options() { name=$1; shift; for value; do printf -- '%s %s ' "$name" "$value"; done; }

# how COMMAND WHAT [REASON]: the command as people type it
how() {
  if [ "$me" != make ]; then echo "$me $*"
  else case $1 in
    hide) echo "$me hide WHAT=$2 REASON=$3" ;;
    mark) echo "$me mark WHAT=$2 MARK=\"$3\"" ;;
    *) echo "$me $1 WHAT=$2" ;;
  esac; fi
}

# error_in_words CODE: why a page has no fresh copy
error_in_words() {
  case $1 in
    dns) echo "name lookup failed" ;;
    refused) echo "no connection was made" ;;
    timeout*) echo "no answer in time" ;;
    http-error) echo "the server answered with an error" ;;
    file) echo "the file can't be read" ;;
    *) echo "$1" | tr - ' ' ;;
  esac
}

# seconds_since TIME: the seconds since a time that GNU date can read
seconds_since() { echo $(($(date +%s) - $(date -d "$1" +%s))); }

# ago TIME: "35 minutes ago"
ago() {
  seconds=$(seconds_since "$1")
  if [ "$seconds" -lt 120 ]; then echo "$([ "$seconds" -lt 60 ] && echo "less than a" || echo 1) minute ago"
  elif [ "$seconds" -lt 7200 ]; then echo "$((seconds / 60)) minutes ago"
  elif [ "$seconds" -lt 172800 ]; then echo "$((seconds / 3600)) hours ago"
  else echo "$((seconds / 86400)) days ago"; fi
}

# newest_answer: when the newest answer in the listing came, or that of the last run; nothing without them. The time of
# the file says less: `make site` and a restore change it.
newest_answer() {
  for file in 5-communities runs; do
    newest=$(tail -n 1 "$DATA/$file.ndjson" 2> /dev/null | jq -r '.at // empty' 2> /dev/null || true)
    [ -z "$newest" ] || { echo "$newest" && return; }
  done
}

# is_hex WORD: whether it has hex digits, in small letters, and nothing else
is_hex() { [ -n "$1" ] && [ -z "$(printf %s "$1" | tr -d 0-9a-f)" ]; }

# of_page WORD: the identifier, if the word is the URL of a Community's page; otherwise the word itself
of_page() {
  case $1 in
    */c/*.html) basename "$1" .html | sed 's/~\(.\)/\U\1/g' ;;
    *) printf '%s\n' "$1" ;;
  esac
}

# meant TOKEN: identifiers in the listing with this token, as a suggestion
meant() {
  called=$(jq -r --arg token "$1" '.rooms[]? | select(.identifier and (.token | ascii_downcase) == ($token | ascii_downcase)) | .identifier' \
    "$DATA/5-communities.ndjson" 2> /dev/null | sort -u | head -n 5)
  [ -z "$called" ] || echo " (did you mean $(echo $called | sed 's/ / or /g')?)"
}

# The sandbox of the service blocks resolvers with a private address, unless its unit allows them. Prints what to type
# for each blocked resolver.
resolver_advice() {
  unit=session-communities.service
  command -v systemctl > /dev/null && systemctl cat $unit > /dev/null 2>&1 || return 0
  allowed=$(systemctl show --value -p IPAddressAllow $unit)
  for resolver in $(sed -n 's/^nameserver *\([^ ]*\).*/\1/p' "${RESOLV_CONF:-/etc/resolv.conf}" 2> /dev/null); do
    case $resolver in
      10.* | 127.* | 169.254.* | 172.1[6-9].* | 172.2?.* | 172.3[01].* | 192.168.* | 100.6[4-9].* | 100.[7-9]?.* | 100.1[01]?.* | 100.12[0-7].* | ::1 | f[cd]* | fe[89ab]*) ;;
      *) continue ;;
    esac
    case " $allowed " in *" $resolver/"* | *" $resolver "*) continue ;; esac
    echo "the service may not ask the resolver $resolver: sudo systemctl edit session-communities, with [Service] and IPAddressAllow=$resolver"
  done
}

# What to type if a restore was interrupted; nothing while one is under way.
interrupted_restore() {
  [ -e "$DATA.restoring" ] && flock -n "$DATA/.lock" true 2> /dev/null || return 0
  echo "the restore of $DATA was interrupted: $me restore FILE=$(cat "$DATA.restoring/.from" 2> /dev/null || echo …)"
}

# add_line FILE CHECK LINE: adds the line to a file of the operator, if the command CHECK NEW-FILE accepts the new
# content. Messages of CHECK are shown with the name FILE.
add_line() {
  # A link stays one.
  file=$(realpath -m -- "$1") check=$2 line=$3
  new=$file.new
  # If the line can't be written, for example on a full disk, the file stays unchanged.
  if ! reason=$({ mkdir -p "$(dirname "$file")" && { [ ! -e "$file" ] || sed '$a\' "$file"; } > "$new" && printf '%s\n' "$line" | dd status=none >> "$new" && sync "$new"; } 2>&1); then
    rm -f "$new"
    stop "nothing was written to $1: $(echo "$reason" | head -n 1)"
  fi
  if ! messages=$($check "$new" 2>&1); then
    # Of the new line only, which has no number in the file yet.
    number=$(wc -l < "$new")
    rm -f "$new"
    of_line=$(printf '%s\n' "$messages" | grep -F "$new:$number:" || printf '%s\n' "$messages")
    printf '%s\n' "$of_line" | sed "s|$new:$number:|the new line:|; s|$new|$1|g" >&2
    other=$(printf '%s\n' "$of_line" | sed -n "s|$new|$1|g; s/.* is already given in \(.*\):\([0-9]*\).*/line \2 of \1/p" | head -n 1)
    [ -z "$other" ] || stop "nothing was written to $1; change or remove $other, then type this again"
    stop "nothing was written to $1"
  fi
  [ ! -e "$file" ] || chmod --reference="$file" "$new"
  mv "$new" "$file"
}
