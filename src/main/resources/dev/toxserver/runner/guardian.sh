# Ends what a server's runs left when the server is gone, however it died.
#
# Standard input is a pipe from the server, whose end means that the server is gone:
#   + GROUP MARK  a run has started: its process group, and the limit of file locks by which all its
#                 processes are found (see Mark.java)
#   - GROUP       it has ended
#   i PID         SIGINT to a process
# POSIX sh (dash, busybox); only sleep and grep are other programs.

trap '' HUP INT TERM

# Whether $1 is a number that can be a process's or a mark: "kill 0" and "kill -- -1" hit everybody.
is_number() {
  case $1 in
    '' | 0* | 1 | *[!0-9]*) return 1 ;;
  esac
}

runs='' # GROUP:MARK of each
while read -r what id mark; do
  is_number "$id" || continue
  case $what in
    +) is_number "$mark" && runs="$runs $id:$mark" ;;
    -)
      left=''
      for run in $runs; do
        [ "${run%:*}" = "$id" ] || left="$left $run"
      done
      runs=$left
      ;;
    i) kill -s INT "$id" ;;
  esac
done

# No mark must not become a pattern that all have.
[ -n "$runs" ] || exit 0
marks=''
for run in $runs; do
  marks="$marks${marks:+|}${run#*:}"
done

# Sends signal $1 to all that is left; fails if nothing is.
strike() {
  none=1
  for run in $runs; do
    kill -s "$1" -- "-${run%:*}" 2>/dev/null && none=0
  done
  # shellcheck disable=SC2013 # a line is a word
  for file in $(grep -lsE "^Max file locks +($marks) " /proc/[0-9]*/limits); do
    pid=${file#/proc/}
    kill -s "$1" "${pid%/limits}" 2>/dev/null
    none=0
  done
  return $none
}

strike TERM
tries=0
while [ $tries -lt 10 ] && strike 0; do
  sleep 0.1
  tries=$((tries + 1))
done

# Whether process $1 has a mark.
is_marked() {
  while read -r max file locks limit _; do
    case "$max $file $locks |$marks|" in
      "Max file locks "*"|$limit|"*) return 0 ;;
    esac
  done 2>/dev/null <"/proc/$1/limits"
  return 1
}

# SIGKILL to a relay of forks, whose process of now is gone when grep has come to its end: looks at
# the newest few processes alone, as long as one of a run is among them. The last id given out is
# the fifth word of loadavg. Fails if there was none.
chase() {
  found=0
  looks=0
  last=''
  while [ $looks -lt 300 ] && [ $found -lt 300 ] && read -r _ _ _ _ newest </proc/loadavg; do
    looks=$((looks + 1))
    [ "$newest" != "$last" ] || continue
    last=$newest
    for pid in $((newest - 3)) $((newest - 2)) $((newest - 1)) "$newest"; do
      if is_marked "$pid" && kill -s KILL "$pid" 2>/dev/null; then
        found=$((found + 1))
        looks=0
      fi
    done
  done
  [ $found -gt 0 ]
}

# Three times nothing is the end: once could be by chance.
nothing=0
while [ $nothing -lt 3 ] && [ $tries -lt 30 ]; do
  nothing=$((nothing + 1))
  strike KILL && nothing=0
  chase && nothing=0
  sleep 0.05
  tries=$((tries + 1))
done
