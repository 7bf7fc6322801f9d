/**
 * The server: opens the bridge, answers requests, queues runs and hands them to the runner.
 *
 * <p>Everything here lives on {@link dev.toxserver.server.ServerVerticle}'s context, on which the
 * bridge's connections live too.
 */
package dev.toxserver.server;
