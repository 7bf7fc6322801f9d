/**
 * What a run came to, for a reader with little room: a person on a small screen, a script, an
 * agent. Driven by the command line; loaded only by what is asked for a digest.
 */
package dev.toxserver.agent;
