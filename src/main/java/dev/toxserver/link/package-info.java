/**
 * The connection to a server from the other side: dials, speaks TLS, carries frames, notices when
 * the server is gone, and connects again. It knows nothing of what the frames are for.
 */
package dev.toxserver.link;
