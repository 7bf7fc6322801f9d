/**
 * What the original tox-server's clients speak: ZMTP, the protocol of ZeroMQ's sockets, and over it
 * messages of their own. Knows no socket and no connection.
 */
package dev.toxserver.server.door.zmtp;
