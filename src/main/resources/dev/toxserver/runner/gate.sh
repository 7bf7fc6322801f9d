# Holds a run's program back until the server has hold of its output and has told the guardian of it.
# Standard input is a pipe from the server: a line lets the program go, and at its end (the server is
# gone) nothing is started. The program takes this process over, and what it inherits is set here.
# $1 is the run's mark (see Mark.java); $2 its standard input: nothing, - for the rest of the pipe, or
# the terminal that it has for all three streams; the rest is the program and its arguments.

mark=$1 input=$2
shift 2
# No shell takes more of a pipe than the line.
read -r _ || exit 130 # as by ^C

# Not before: the server opens what it finds as this process's streams, and a redirection would put
# another in the place of one for a moment.
# dash spells the limit of file locks -w, all others -x. Where neither is known or the limit can't be set,
# a run's processes are found by group and descent only.
# shellcheck disable=SC3045 # ulimit -S is in no standard, but in all shells
ulimit -S -x "$mark" 2>/dev/null || ulimit -S -w "$mark" 2>/dev/null
case $input in
  '') exec "$@" </dev/null ;;
  -) exec "$@" ;;
  # Who leads a session and opens a terminal has it as its own.
  *) exec "$@" <>"$input" >&0 2>&0 ;;
esac
