/**
 * What a browser may ask the page's port for, by which names, and what it is told with the answer.
 * Knows no socket and no connection.
 */
package dev.toxserver.server.door.page;
