#!/bin/sh
# Runs a short show with curl and ffmpeg: books it, feeds it, watches it, stops it, and prints what it used and cost.
#
#   npm start                                    prints the API's URL and a token
#   API_URL=http://127.0.0.1:…/v1 TOKEN=… examples/run-a-show.sh
#
# PIPELINE (default pl_small) and SHOW_SECONDS (default 20) say on what and how long.
set -eu

: "${API_URL:?is the URL of the API, as npm start prints it}"
: "${TOKEN:?is an access token of somebody who may run shows, as npm start prints it}"
PIPELINE=${PIPELINE:-pl_small}
SHOW_SECONDS=${SHOW_SECONDS:-20}

# With a key of its own, a request can be sent again without being carried out twice.
call() { # method path [body]
  answer=$(curl --silent --show-error --fail-with-body --retry 3 --request "$1" "$API_URL$2" \
    --header "Authorization: Bearer $TOKEN" --header 'Content-Type: application/json' \
    --header "Idempotency-Key: $$-$(date +%s)-$(echo "$1$2" | cksum | cut -d ' ' -f 1)" ${3+--data "$3"}) || {
    echo "$1 $2: $answer" >&2
    return 1
  }
  echo "$answer"
}

# The first member of that name in one line of JSON, and a failure when there is none; with jq: jq -er .name
member() {
  value=$(grep -o "\"$1\":\"[^\"]*\"" | head -n 1 | cut -d '"' -f 4)
  [ -n "$value" ] && echo "$value"
}

at() { date -u -d "@$1" +%Y-%m-%dT%H:%M:%SZ 2>/dev/null || date -u -r "$1" +%Y-%m-%dT%H:%M:%SZ; }

wait_for() { # path text: until the answer has the text
  for _ in $(seq 120); do
    if answer=$(call GET "$1" 2>/dev/null) && echo "$answer" | grep -q "$2"; then return; fi
    case $answer in *'"status":"FAILED"'*) break ;; esac
    sleep 1
  done
  echo "$1 never had $2: $answer" >&2
  return 1
}

now=$(date +%s)
times="\"startsAt\":\"$(at "$now")\",\"endsAt\":\"$(at $((now + 3600)))\""
event=$(call POST /events "{\"name\":\"Example Days\",$times}" | member eventId)
breakout=$(call POST "/events/$event/breakouts" "{\"title\":\"Example show\",\"pipelineId\":\"$PIPELINE\",\"wantsMp4\":true,$times}" | member breakoutId)
echo "booked $breakout in $event on $PIPELINE"

ingest=$(call GET "/breakouts/$breakout/ingest" | member url)
playback=$(call POST "/breakouts/$breakout/playback" '{"viewerId":"example"}' | member url)

encoder=
finish() {
  if [ -n "$encoder" ]; then kill "$encoder" 2>/dev/null || true; fi
  call POST "/breakouts/$breakout/stop" >/dev/null 2>&1 || true
}
trap finish EXIT
trap 'exit 130' INT TERM

call POST "/breakouts/$breakout/start" >/dev/null
wait_for "/breakouts/$breakout" '"status":"RUNNING"'
echo 'on air'

ffmpeg -nostdin -loglevel error -re -t "$SHOW_SECONDS" -f lavfi -i testsrc2=size=640x360:rate=30 -re -t "$SHOW_SECONDS" -f lavfi -i sine=frequency=1000 \
  -c:v libx264 -preset ultrafast -g 60 -pix_fmt yuv420p -c:a aac -ar 48000 -f flv "$ingest" &
encoder=$!

for _ in $(seq "$SHOW_SECONDS"); do
  curl --silent --fail --output /dev/null "$playback" && break
  sleep 1
done
ffmpeg -nostdin -loglevel error -i "$playback" -t 4 -c copy -f null -
echo 'watched 4 seconds through the edge'

wait "$encoder"
encoder=
call POST "/breakouts/$breakout/stop" >/dev/null
wait_for "/breakouts/$breakout" '"status":"COMPLETED"'
wait_for "/breakouts/$breakout/recordings" '"status":"READY"'
wait_for "/breakouts/$breakout/usage" '"conversion":{'
echo 'the show is over; it used:'
call GET "/breakouts/$breakout/usage"
echo
