/**
 * What hubs and runners share over NATS, as far as neither knows the other: a connection, names
 * that are written once, and the logs of placements that are made of such names. Knows no runs'
 * states, no processes and no clients.
 */
package dev.toxserver.nats;
