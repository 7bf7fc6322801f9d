#!/usr/bin/env node
// Runs tox through a tox-server: node subscriber.js HOST PORT [TOX ARGUMENT...]
'use strict';
const { randomUUID } = require('crypto');
// Its package.json names no entry point.
const EventBus = require('vertx3-tcp-eventbus-client/lib/tcp-vertx-eventbus.js');

const [host, port, ...args] = process.argv.slice(2);
if (!port) {
  console.error('node subscriber.js HOST PORT [TOX ARGUMENT...]');
  process.exit(2);
}
const run = randomUUID();
const eventBus = new EventBus(host, Number(port)); // sends a ping every 5 s

eventBus.onopen = () => {
  // The library looks here for frames without an address: pongs, and err frames for no request.
  eventBus.handlers.undefined = [(err) => err && leave(1, err.message)];
  // First, so that nothing is missed.
  eventBus.registerHandler(`tox.output.${run}`, (err, message) => show(message.body));
  eventBus.send('tox.run', { id: run, args }, (err) => err && leave(1, err.message));
};
eventBus.onclose = () => leave(1, 'The server closed the connection.');

function show(event) {
  if (event.type === 'output') {
    write(process[event.stream], Buffer.from(event.data, 'base64'));
  } else if (event.type === 'exit') {
    leave(event.returncode, event.error);
  }
}

/** A slow reader of ours slows the run: the server waits while we don't take what it sends. */
function write(stream, data) {
  if (!stream.write(data)) {
    eventBus.transport.pause();
    stream.once('drain', () => eventBus.transport.resume());
  }
}

/** Not process.exit: it would drop what is not written yet. */
function leave(code, message) {
  if (message) console.error(message);
  process.exitCode = code;
  eventBus.onclose = null;
  eventBus.transport.destroy(); // the library's own close() calls what is not there
}
