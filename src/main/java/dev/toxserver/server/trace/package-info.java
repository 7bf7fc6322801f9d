/** A span for each run, and how it gets to a collector (OTLP over HTTP). */
package dev.toxserver.server.trace;
