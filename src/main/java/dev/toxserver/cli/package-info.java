/** The command line: a class a command, shared options, named exit codes. */
package dev.toxserver.cli;
