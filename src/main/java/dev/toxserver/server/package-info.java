/**
 * The server: answers requests, queues runs and hands them to the runner.
 *
 * <p>Its rooms, in the order in which they may import each other (left imports right, never back):
 *
 * <pre>
 * server → {door, delivery, journal, runners, trace}   delivery → {door, journal}   runners → door
 * trace → journal
 * </pre>
 *
 * <p>Everything here and in the rooms lives on {@link dev.toxserver.server.ServerVerticle}'s
 * context, on which clients' connections live too.
 */
package dev.toxserver.server;
