/**
 * A matrix of tox's environments: which there are, who can take each, whose output is shown when,
 * and what came of them. Knows no sockets, no terminal and no event bus; the command line drives
 * it. Loaded only by the commands that run more than one environment.
 */
package dev.toxserver.matrix;
