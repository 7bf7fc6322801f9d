/**
 * What this process was given: settings, logging and its standard streams. Knows no other package.
 */
package dev.toxserver.config;
