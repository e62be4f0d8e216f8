#!/bin/sh
# The same by curl. Needs SWITCHBOARD_URL and SWITCHBOARD_KEY; prints what the server answers.
#
#   examples/api/client.sh customer 'Wang Fang'
#   examples/api/client.sh ticket CUSTOMER_ID 'Boiler leaks'
#   examples/api/client.sh changes customers [CURSOR]
set -eu

: "${SWITCHBOARD_URL:?such as https://switchboard.example.org}"
: "${SWITCHBOARD_KEY:?a key that an administrator made}"

# --retry waits as long as Retry-After of a 429 or 503 says. The Idempotency-Key is the same at every try,
# so that a POST whose answer got lost is not done twice.
ask() {
  curl --silent --show-error --fail-with-body --retry 8 --retry-connrefused \
    --header "Authorization: Bearer $SWITCHBOARD_KEY" "$@"
}

post() {
  ask --header 'Content-Type: application/json' --header "Idempotency-Key: $(new_key)" \
    --data-binary @- "$SWITCHBOARD_URL/api/v1/$1"
}

new_key() {
  od -An -N16 -tx1 /dev/urandom | tr -d ' \n'
}

# A text as JSON: quotes and backslashes escaped, control characters taken out.
json() {
  printf '"%s"' "$(printf '%s' "$1" | tr -d '\000-\037' | sed 's/[\\"]/\\&/g')"
}

case "${1:-}" in
  customer)
    printf '{"name":%s}' "$(json "$2")" | post customers
    ;;
  ticket)
    printf '{"customerId":%s,"subject":%s,"type":"repair"}' "$(json "$2")" "$(json "$3")" | post tickets
    ;;
  changes)
    ask --get --data-urlencode limit=100 ${3:+--data-urlencode "cursor=$3"} "$SWITCHBOARD_URL/api/v1/$2"
    ;;
  *)
    echo 'say customer, ticket or changes' >&2
    exit 2
    ;;
esac
