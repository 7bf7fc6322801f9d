/**
 * Who reads which run, from which event on and how fast, and whether the client that asked for it
 * is there. Knows connections, but not what they are made of: no sockets, no transport.
 */
package dev.toxserver.server.delivery;
