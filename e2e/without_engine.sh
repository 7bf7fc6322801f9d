# shellcheck shell=sh
# What e2e/container and e2e/matrix share: images and containers without an engine. Sourced, in the
# project's folder, by a script that has set me to its name; it then calls prepare with its arguments.

: "${me:?}"
port=9876
uid=${SUDO_UID:-1000} gid=${SUDO_GID:-1000}
[ "$uid" != 0 ] || uid=1000 gid=1000
base=localhost/base

say() {
  printf '%3s s  %s\n' "$(($(date +%s) - began))" "$1"
}

cannot() {
  told=yes
  { printf '%s: %s\n' "$me" "$1" >&3; } 2>/dev/null ||
    printf 'SKIPPED: %s: %s\n' "$me" "$1"
  exit 77
}

fail() {
  told=yes
  printf '\n%s: %s\n' "$me" "$1" >&2
  for log in "$tmp"/*.log "$tmp"/*.out "$tmp"/*.err; do
    [ ! -s "$log" ] || { printf -- '--- the end of %s\n' "$log" && tail -n 40 "$log"; } >&2
  done
  exit 1
}

# Waits until the command "$@" succeeds, at most $1 tenths of a second.
wait_for() {
  tenths=$1
  shift
  while ! "$@"; do
    [ "$tenths" -gt 0 ] || return 1
    tenths=$((tenths - 1))
    sleep 0.1
  done
}

# A step whose output is of interest only if it fails.
quietly() {
  "$@" >"$tmp/build.log" 2>&1 </dev/null || fail "failed: $*"
  rm "$tmp/build.log"
}

images() {
  buildah --root "$cache/images" --runroot "$tmp/run" "$@"
}

image_exists() {
  images inspect --type image "$1" >/dev/null 2>&1
}

# What an earlier run may have left behind, too: the lock says that there is no other one now.
forget_images() {
  images rm --all
  for image in localhost/tests localhost/tests-2 localhost/tox-server; do
    ! image_exists "$image" || images rmi --force "$image"
  done
  images rmi --prune --force
} >/dev/null 2>&1

clean_up() {
  code=$?
  trap '' INT TERM HUP
  [ "$code" = 0 ] || [ -n "$told" ] ||
    printf '%s: a command failed with %s; see above\n' "$me" "$code" >&2
  # As PID 1 ends, so does all that is in its namespace.
  for each in $inits $client; do
    kill -s KILL "$each" 2>/dev/null || :
  done
  wait
  for namespace in $networks; do
    ip netns delete "$namespace-$$" || :
  done
  if [ -n "$tmp" ]; then
    [ -z "$locked" ] || forget_images || :
    rm -rf "$tmp"
  fi
}

# Sees to all that it needs, and finds the distribution, $1, or builds it: dist, cache, tmp.
prepare() {
  began=$(date +%s)
  told='' tmp='' locked='' networks='' inits='' processes='' client=''
  trap clean_up EXIT
  trap 'told=yes; exit 130' INT
  trap 'told=yes; exit 143' TERM HUP

  [ "$(uname -s)" = Linux ] || cannot "needs Linux"
  [ "$(id -u)" = 0 ] || cannot "needs root, for namespaces and mounts: sudo $me"
  exec 4>&1
  why=$(bin/setup container 2>&1 >&4 3>&- 4>&-) || cannot "$why"
  # Whether something is mounted there, the kernel tells those who are confined to it.
  grep -q '^[^ ]* [^ ]* [^ ]* [^ ]* / ' /proc/self/mountinfo ||
    cannot "/ is no mount point, as in a plain chroot: bind-mount the root onto itself before you enter it"
  why=$(unshare --pid --fork --mount true 2>&1) || cannot "namespaces can't be made here: $why"

  dist=${1:-target/tox-server}
  jar=$dist/lib/tox-server.jar
  if [ $# = 0 ] &&
    { [ ! -f "$jar" ] || [ -n "$(find pom.xml bin/tox-server bin/tox-server.d conf src/main src/dist -name node_modules -prune -o ! -path src/main/page -newer "$jar" -print)" ]; }; then
    say "Building $dist"
    JAVA_HOME=$(bin/java-home)
    export JAVA_HOME
    mvn -q -B -ntp -Pdist package -Dmaven.test.skip=true -Dspotless.check.skip=true
  fi
  [ -x "$dist/bin/tox-server" ] || fail "there is no $dist/bin/tox-server: mvn -Pdist package makes it"

  cache=${XDG_CACHE_HOME:-${HOME:-/root}/.cache}/tox-server-e2e
  mkdir -p "$cache"
  exec 8>"$cache/lock"
  flock 8
  locked=yes
  tmp=$(mktemp -d "${TMPDIR:-/tmp}/tox-server-e2e.XXXXXX")
  chmod 755 "$tmp"
  export BUILDAH_ISOLATION=chroot
  forget_images || :
  # shellcheck source=/dev/null
  . /etc/os-release
}

# The mirror of the main packages that apt uses here; nothing if that is not on the web.
mirror() {
  # shellcheck disable=SC2016 # apt's own variables
  apt-get indextargets --format '$(CODENAME) $(COMPONENT) $(REPO_URI)' 'Created-By: Packages' |
    sed -n "s|^$VERSION_CODENAME main \(https*://.*\)|\1|p" | head -n 1
}

# Makes the image of a minimal system of release $1 with Python and tox, if it is not there: base. What
# to do when debootstrap can't, "$@" says after that.
need_base() {
  release=$1
  shift
  base=localhost/base-$ID-$release
  ! image_exists "$base" || return 0
  say "Making a minimal $ID $release with Python and tox (once; takes some minutes)"
  components=main
  [ "$ID" != ubuntu ] || components=main,universe
  working=$(images from scratch)
  root=$(images mount "$working")
  # shellcheck disable=SC2046 # no word at all if there is none
  debootstrap --variant=minbase --components="$components" --include=python3,tox \
    "$release" "$root" $(mirror) >"$tmp/build.log" 2>&1 </dev/null ||
    "$@" "debootstrap made no $ID $release: $(tail -n 1 "$tmp/build.log")"
  rm -rf "$root"/var/cache/apt/archives/*.deb "$root"/var/lib/apt/lists/*
  quietly images config --env PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin \
    "$working"
  quietly images commit --rm "$working" "$base"
}

# The hard limit of $1, or $2 if that is less.
limit() {
  hard=$(sed -n "s/^$1 *[^ ]* *\([^ ]*\).*/\1/p" /proc/self/limits)
  [ "$hard" != unlimited ] && [ "$hard" -lt "$2" ] || hard=$2
  printf '%s:%s' "$hard" "$hard"
}

# buildah would raise these limits, which not every root may. It lowers that of processes to as many as
# the system has numbers for, and can't raise it again.
build() {
  quietly images build --layers=false --ulimit "nofile=$(limit 'Max open files' 1048576)" \
    --ulimit "nproc=$(limit 'Max processes' "$(cat /proc/sys/kernel/pid_max)")" "$@"
}

# What the image $1 says of itself, by a template.
of_image() {
  images inspect --type image --format "$2" "$1"
}

# Copies an example, $1, as the developer's own project, and makes the client that they use there, whose
# server is at address $2.
developer() {
  project=$tmp/project
  cp -R "$1" "$project"
  rm -rf "$project/.tox" "$project/.tox-server"
  chown -R "$uid:$gid" "$project"
  cp -a "$dist" "$tmp/tox-server" # where that user can read it
  cat >"$tmp/client" <<EOF
#!/bin/sh
exec ip netns exec host-$$ setpriv --reuid=$uid --regid=$gid --clear-groups \\
  env -i -C "$project" --default-signal=INT PATH=/usr/bin:/bin LC_ALL=C.UTF-8 \\
  TOX_SERVER_HOST=$2 TOX_SERVER_PORT=$port "$tmp/tox-server/bin/tox-server" "\$@"
EOF
  chmod +x "$tmp/client"
}

# Network namespaces of these names.
make_networks() {
  for namespace in "$@"; do
    why=$(ip netns add "$namespace-$$" 2>&1) || cannot "network namespaces can't be made here: $why"
    networks="$networks $namespace"
    ip -n "$namespace-$$" link set lo up
  done
}

# A cable from namespace $1 to namespace $2, whose ends have the addresses $3 and $4.
cable() {
  ip -n "$1-$$" link add "$2" type veth peer name "$1" netns "$2-$$"
  ip -n "$1-$$" address add "$3/30" dev "$2"
  ip -n "$2-$$" address add "$4/30" dev "$1"
  ip -n "$1-$$" link set "$2" up
  ip -n "$2-$$" link set "$1" up
}

find_init() {
  init=$(pgrep -P "$unshare") && [ "$(readlink "/proc/$init/root")" = "$root" ] ||
    ! kill -0 "$unshare" 2>/dev/null
}

# Starts a container as an engine would: $1 is its name and that of its network, $2 its image, $3 the
# address that it knows as hub, and then its command, without which it is the image's.
start() {
  name=$1 image=$2 hub_address=$3
  shift 3
  root=$(readlink -f "$(images mount "$(images from "$image")")")
  environment=$(of_image "$image" '{{range .OCIv1.Config.Env}}{{println .}}{{end}}')
  folder=$(of_image "$image" '{{.OCIv1.Config.WorkingDir}}')
  entry_point=$(of_image "$image" '{{range .OCIv1.Config.Entrypoint}}{{println .}}{{end}}')
  command=${*:-$(of_image "$image" '{{range .OCIv1.Config.Cmd}}{{println .}}{{end}}')}
  if [ -z "$entry_point" ] || [ -z "$command" ]; then
    fail "the example has no entry point or command"
  fi
  printf '127.0.0.1 localhost %s\n%s hub\n' "$name" "$hub_address" >"$root/etc/hosts"
  # shellcheck disable=SC2016,SC2086 # the inner shell's variables; lists of words without blanks
  ip netns exec "$name-$$" unshare --pid --fork --kill-child --mount --uts --ipc \
    sh -euc '
      root=$1 project=$2 user=$3 folder=$4 secret=$5
      hostname "$6"
      shift 6
      mount -t proc proc "$root/proc"
      mount -t tmpfs -o mode=1777 tmpfs "$root/tmp"
      mount -t tmpfs -o mode=755 tmpfs "$root/dev"
      for node in null zero full random urandom tty; do
        : >"$root/dev/$node"
        mount --bind "/dev/$node" "$root/dev/$node"
      done
      ln -s /proc/self/fd "$root/dev/fd"
      mount --bind "$project" "$root$folder"
      if [ -e "$secret" ]; then
        mkdir -p "$root/run/secrets"
        : >"$root/run/secrets/runner"
        mount --bind "$secret" "$root/run/secrets/runner"
      fi
      exec chroot --userspec="$user" "$root" env -i -C "$folder" "$@"
    ' container "$root" "$project" "$uid:$gid" "$folder" "$project/runner-token" "$name" \
    $environment $entry_point $command >"$tmp/$name.log" 2>&1 </dev/null 8>&- &
  unshare=$!
  if ! wait_for 100 find_init || [ -z "$init" ]; then
    fail "the container $name did not start"
  fi
  inits="$inits $init"
  processes="$processes $(readlink "/proc/$init/ns/pid" | tr -dc 0-9) "
}

# The processes of all containers: their state and command, one a line.
inside() {
  ps -e -o pidns= -o stat= -o args= |
    awk -v inside="$processes" 'index(inside, " " $1 " ") { $1 = ""; print }'
}

# The engine's way into the container that was started last: in its namespaces, with its environment,
# folder and user.
in_container() {
  # shellcheck disable=SC2086 # a list of words without blanks
  nsenter --target "$init" --pid --mount --net --uts --ipc chroot --userspec="$uid:$gid" "$root" \
    env -i -C "$folder" $environment "$@"
}

# Runs the client; its exit code must be $1, and its output have the line $2 in it.
expect() {
  wanted=$1 line=$2
  shift 2
  code=0
  "$tmp/client" "$@" >"$tmp/client.out" 2>"$tmp/client.err" || code=$?
  [ "$code" = "$wanted" ] || fail "'tox-server $*' left with $code, not with $wanted"
  grep -q -- "$line" "$tmp/client.out" "$tmp/client.err" ||
    fail "'tox-server $*' printed no '$line'"
}
