/** Tokens that may less than the server's own: what each may, and where they are kept. */
package dev.toxserver.server.tokens;
