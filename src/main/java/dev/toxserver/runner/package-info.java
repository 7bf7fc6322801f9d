/**
 * Runs tox: starts it, reads what it prints as it comes, and leaves nothing of it behind.
 *
 * <p>Knows nothing of bridges, queues or clients: it takes orders from the event bus and publishes
 * a run's events on the run's output address.
 */
package dev.toxserver.runner;
