# Holds a run's program back until the server has hold of its output and has told the guardian of it.
# Standard input is a pipe from the server: a line lets the program go, and at its end (the server is
# gone) nothing is started. The program takes this process over, and what it inherits is set here.
read -r go || exit
exec "$@" </dev/null
