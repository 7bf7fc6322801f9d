/**
 * A runner that is not in the server's process: it joins a server over a link, hands what that
 * orders to its own event bus, and sends what its runs publish there.
 */
package dev.toxserver.runner.remote;
