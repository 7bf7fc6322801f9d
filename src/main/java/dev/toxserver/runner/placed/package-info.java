/**
 * Runs that somebody elsewhere has placed with this runner, whatever way their orders come and
 * their events go: they are started, ended and fed over the runner's own event bus.
 */
package dev.toxserver.runner.placed;
