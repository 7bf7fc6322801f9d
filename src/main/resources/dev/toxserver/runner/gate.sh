# Holds a run's program back until the server has hold of its output and has told the guardian of it.
# Standard input is a pipe from the server: a line lets the program go, and at its end (the server is
# gone) nothing is started. The program takes this process over, and what it inherits is set here.
# $1 is the run's mark (see Mark.java), the rest the program and its arguments.

# dash spells the limit of file locks -w, all others -x. Where neither is known or the limit can't be set,
# a run's processes are found by group and descent only.
# shellcheck disable=SC3045 # ulimit -S is in no standard, but in all shells
ulimit -S -x "$1" 2>/dev/null || ulimit -S -w "$1" 2>/dev/null
shift
read -r _ || exit 130 # as by ^C
exec "$@" </dev/null
