// A client of somebody else's WebSocket library: node subscriber.js URL run|attach ID [TOX ARGUMENT...]
// Runs tox, or reads a run from its first event on. Shows the token in TOX_SERVER_TOKEN, prints the
// run's output, and leaves with its exit code; with 1 where it was refused, after saying why.
import WebSocket from 'ws';

const [url, verb, id, ...args] = process.argv.slice(2);
const requests = {
  run: { address: 'tox.run', body: { id, args } },
  attach: { address: 'tox.attach', body: { id, from: 0 } },
};
const socket = new WebSocket(url);
const send = (frame) => socket.send(JSON.stringify(frame));

function leave(code) {
  process.exitCode = code;
  socket.close();
}

socket.on('error', (error) => {
  console.error(error.message);
  process.exitCode = 1;
});

socket.on('open', () => {
  const address = `tox.output.${id}`;
  send({ type: 'ping', headers: { token: process.env.TOX_SERVER_TOKEN ?? '' } });
  if (verb === 'run') send({ type: 'register', address });
  send({ type: 'send', replyAddress: 'answer', ...requests[verb] });
});

socket.on('message', (data) => {
  const frame = JSON.parse(data);
  if (frame.type === 'err') {
    console.error(`${frame.failureCode}: ${frame.message}`);
    leave(1);
  }
  const event = frame.body ?? {};
  if (event.type === 'output') process[event.stream].write(Buffer.from(event.data, 'base64'));
  if (event.type === 'exit') leave(event.returncode);
});
