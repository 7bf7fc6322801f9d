# Ends what a server's runs left when the server is gone, however it died.
#
# Standard input is a pipe from the server: "+ PGID" when a run starts, "- PGID" when it has ended.
# End of file means that the server is gone. $1 is the cookie that all its runs' processes carry.
# POSIX sh (dash, busybox); only sleep and grep are other programs.

trap '' HUP INT TERM

groups=''
while read -r change group; do
  case $change in
    +) groups="$groups $group" ;;
    -)
      left=''
      for each in $groups; do
        [ "$each" = "$group" ] || left="$left $each"
      done
      groups=$left
      ;;
  esac
done

# Sends signal $1 to all that is left; fails if nothing is.
strike() {
  found=1
  for each in $groups; do
    kill -s "$1" -- "-$each" 2>/dev/null && found=0
  done
  for file in $(grep -ls "$cookie" /proc/[0-9]*/environ 2>/dev/null); do
    pid=${file#/proc/}
    kill -s "$1" "${pid%/environ}" 2>/dev/null && found=0
  done
  return $found
}

cookie=$1
strike TERM || exit 0
tries=0
while [ $tries -lt 10 ] && strike 0; do
  sleep 0.1
  tries=$((tries + 1))
done
while strike KILL && [ $tries -lt 30 ]; do
  sleep 0.05
  tries=$((tries + 1))
done
