# Makes a shop of n times as many customers out of the demo's events: SIZING.md measures with it.
#   heed demo --print-events | awk -v n=100 -f Deploy/copies.awk
/"partitionkey":"\*"/ { print; next } # what concerns everybody, as often as before
{
  for (i = 100; i < 100 + n; i++) {
    copy = $0
    gsub(/C-2/, "C-" i "2", copy)
    gsub(/LL-/, "LL-" i, copy)
    sub(/"id":"/, "&" i "-", copy)
    gsub(/"ticketId":"/, "&" i "-", copy)
    print copy
  }
}
