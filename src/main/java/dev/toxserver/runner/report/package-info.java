/**
 * What a run leaves of its results: has tox write them, reads its file and those of the tests, and
 * trusts none of them. Knows no processes.
 */
package dev.toxserver.runner.report;
