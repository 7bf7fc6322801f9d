// An agent's client: starts a server of the Model Context Protocol by the command in its arguments,
// does what each line of its standard input says, and prints what came of it as a line of JSON.

import { createInterface } from 'node:readline';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StdioClientTransport } from '@modelcontextprotocol/sdk/client/stdio.js';

const [command, ...args] = process.argv.slice(2);
const transport = new StdioClientTransport({ command, args, env: { ...process.env } });
const client = new Client({ name: 'tests', version: '1' });
const broken = [];
client.onerror = (error) => broken.push(String(error));
await client.connect(transport);

const actions = {
  tools: async () => ({ tools: (await client.listTools()).tools }),
  call: async ({ tool, input }) => {
    const { content, isError } = await client.callTool({ name: tool, arguments: input });
    return { text: content.map((each) => each.text).join('\n'), isError: Boolean(isError) };
  },
  // Calls, and gives up so many milliseconds later.
  abort: async ({ tool, input, after }) => {
    const signal = AbortSignal.timeout(after);
    const call = client.callTool({ name: tool, arguments: input }, undefined, { signal });
    return {
      aborted: await call.then(
        () => false,
        () => true,
      ),
    };
  },
  many: async ({ tool, input, times }) => {
    const calls = Array.from({ length: times }, () =>
      client.callTool({ name: tool, arguments: input }),
    );
    const results = await Promise.all(calls);
    return { answered: results.length, refused: results.filter((each) => each.isError).length };
  },
};

for await (const line of createInterface({ input: process.stdin })) {
  const { action, ...input } = JSON.parse(line);
  const begun = Date.now();
  const result = await actions[action](input).catch((error) => ({ error: String(error) }));
  console.log(JSON.stringify({ ...result, millis: Date.now() - begun, broken }));
}
await client.close();
