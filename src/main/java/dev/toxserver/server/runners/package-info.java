/**
 * The runners that there are: that in the server's own process, and those elsewhere that have
 * joined, whose orders and events go over their connections.
 */
package dev.toxserver.server.runners;
