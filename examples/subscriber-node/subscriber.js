#!/usr/bin/env node
// Runs tox through a tox-server: node subscriber.js [--token-file FILE] HOST PORT [TOX ARGUMENT...]
// Shows the token that is in FILE, or else in the variable TOX_SERVER_TOKEN. If the connection
// breaks, it connects again for 10 s, and goes on where it was.
'use strict';
const { randomUUID } = require('crypto');
const { readFileSync } = require('fs');
// Its package.json names no entry point.
const EventBus = require('vertx3-tcp-eventbus-client/lib/tcp-vertx-eventbus.js');

let command = process.argv.slice(2);
let token = process.env.TOX_SERVER_TOKEN;
if (command[0] === '--token-file' && command.length > 1) {
  token = readFileSync(command[1], 'utf8').trim();
  command = command.slice(2);
}
const [host, port, ...args] = command;
if (!port) {
  console.error('node subscriber.js [--token-file FILE] HOST PORT [TOX ARGUMENT...]');
  process.exit(2);
}

const PATIENCE = 10000; // so long the server waits for us when the connection has broken
const run = randomUUID();
let eventBus;
let asked = false;
let accepted = false;
let nextSeq = 0;
let lostAt = 0;
let problem = 'The server closed the connection.';

connect();

function connect() {
  eventBus = new EventBus(host, Number(port)); // sends a ping every 5 s
  eventBus.defaultHeaders = token ? { token } : null;
  eventBus.onopen = opened;
  eventBus.onerror = (error) => {
    problem = error.message;
  };
  eventBus.onclose = () => {
    lostAt = lostAt || Date.now();
    if (!asked || Date.now() - lostAt > PATIENCE) leave(1, problem);
    else setTimeout(connect, 200);
  };
}

function opened() {
  // The library looks here for frames without an address: pongs, and err frames for no request.
  eventBus.handlers.undefined = [(error) => error && leave(1, error.message)];
  if (!asked) {
    asked = true;
    begin();
    return;
  }
  // Not registered: the library shall only know whom to give the events to.
  eventBus.handlers[`tox.output.${run}`] = [(error, message) => show(message.body)];
  eventBus.send('tox.attach', { id: run, from: nextSeq, requester: true }, (error) => {
    if (error && error.failureCode === 404 && !accepted) {
      // What was sent before the connection broke did not arrive.
      delete eventBus.handlers[`tox.output.${run}`];
      begin();
    } else {
      answered(error);
    }
  });
}

function begin() {
  // First the address, so that nothing is missed.
  eventBus.registerHandler(`tox.output.${run}`, (error, message) => show(message.body));
  eventBus.send('tox.run', { id: run, args }, answered);
}

function answered(error) {
  if (error) {
    leave(1, error.message);
    return;
  }
  accepted = true;
  lostAt = 0;
}

function show(event) {
  if ('seq' in event) nextSeq = event.seq + 1;
  if (event.type === 'output') {
    write(process[event.stream], Buffer.from(event.data, 'base64'));
  } else if (event.type === 'hole') {
    console.error('some output is missing here');
  } else if (event.type === 'lost') {
    leave(1, 'The server died during the run.');
  } else if (event.type === 'exit') {
    leave(event.returncode, event.error);
  }
}

/** A slow reader of ours slows the run: the server waits while we don't take what it sends. */
function write(stream, data) {
  // More events may have come in the same piece: one of them is enough to wait for.
  if (!stream.write(data) && stream.listenerCount('drain') === 0) {
    const { transport } = eventBus;
    transport.pause();
    stream.once('drain', () => transport.resume());
  }
}

/** Not process.exit: it would drop what is not written yet. */
function leave(code, message) {
  if (message) console.error(message);
  process.exitCode = code;
  eventBus.onclose = null;
  eventBus.transport.destroy(); // the library's own close() calls what is not there
}
