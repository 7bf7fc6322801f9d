/**
 * A runner that pulls its work over NATS: a run is its own once a hub has granted it, what that
 * publishes on the runner's own event bus goes to the log of its placement, and any hub gives it
 * orders.
 */
package dev.toxserver.runner.nats;
