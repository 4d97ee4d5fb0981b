import { execFile } from 'node:child_process';
import { existsSync } from 'node:fs';
import { fileURLToPath } from 'node:url';
import { promisify } from 'node:util';
import { Client } from '@modelcontextprotocol/sdk/client/index.js';
import { StreamableHTTPClientTransport } from '@modelcontextprotocol/sdk/client/streamableHttp.js';
import { check, expect, key, url } from './harness.mjs';

const SDK = '@modelcontextprotocol/sdk';
const INSPECTOR = '@modelcontextprotocol/inspector --cli';
const CLI = fileURLToPath(
  new URL('./inspector/node_modules/@modelcontextprotocol/inspector/clients/launcher/build/index.js', import.meta.url));
const PUZZLE = { problem: 'Use 1 2 3 4 to make 24', proposer: { type: 'arithmetic' }, seed: 1 };

async function connect() {
  const client = new Client({ name: 'compatibility', version: '1.0.0' });
  const transport = new StreamableHTTPClientTransport(new URL('/mcp', url), {
    requestInit: { headers: { Authorization: `Bearer ${key}` } },
  });
  await client.connect(transport);
  // With the tools listed, the client checks every structured result against its schema.
  const { tools } = await client.listTools();
  return { client, transport, tools };
}

async function call(client, name, args, options) {
  const result = await client.callTool({ name, arguments: args }, undefined, options);
  expect(!result.isError, `${name}: ${JSON.stringify(result.content)}`);
  return result.structuredContent;
}

async function inspect(...args) {
  const { stdout } = await promisify(execFile)(process.execPath, [
    CLI, '--cli', `${url}/mcp`, '--transport', 'http', '--header', `Authorization: Bearer ${key}`, ...args,
  ]);
  return JSON.parse(stdout);
}

export default async function run() {
  const { client, transport, tools } = await connect();
  await check(SDK, 'lists nine tools with schemas', async () => {
    expect(tools.length === 9, `${tools.length} tools`);
    expect(tools.every((tool) => tool.inputSchema && tool.outputSchema && tool.annotations), 'schemas');
  });
  let conversation;
  await check(SDK, 'memory_add, memory_search, memory_context, memory_forget_preview', async () => {
    const turns = [
      { role: 'user', content: 'My sister Mira keeps bees behind the mill.' },
      { role: 'assistant', content: 'How many hives does she have?' },
    ];
    const added = await call(client, 'memory_add', { subject: 'compatibility', turns });
    conversation = added.conversation_id;
    expect(added.last_seq === 2, 'two turns');
    const found = await call(client, 'memory_search', { conversation_id: conversation, query: 'Who keeps bees?' });
    expect(found.hits.some((hit) => hit.text.includes('Mira')), JSON.stringify(found));
    const about = await call(client, 'memory_search', { subject: 'compatibility', query: 'bees' });
    expect(about.hits.length > 0, 'turns about the subject');
    const context = await call(client, 'memory_context', {
      conversation_id: conversation, input: 'Who keeps bees?', budget_tokens: 500,
    });
    expect(context.manifest.tokens_total <= 500, 'within the budget');
    const preview = await call(client, 'memory_forget_preview', { conversation_id: conversation });
    expect(preview.dry_run === true, 'changes nothing');
  });
  await check(SDK, 'reason_search with progress', async () => {
    const told = [];
    const found = await call(client, 'reason_search', PUZZLE, { onprogress: (step) => told.push(step.progress) });
    expect(found.answer.includes('24'), found.answer);
    expect(told.length > 0 && told.every((n, i) => i === 0 || n > told[i - 1]), `progress ${told}`);
  });
  await check(SDK, 'check_equivalence', async () => {
    const verdict = await call(client, 'check_equivalence', { a: '4 * 12 = 48', b: '12 x 4 = 48' });
    expect(verdict.equivalent === true, JSON.stringify(verdict));
  });
  await check(SDK, 'kg_paths, kg_query by rules, and a problem for what has no model', async () => {
    const headers = { Authorization: `Bearer ${key}`, 'Content-Type': 'application/json' };
    const name = `compatibility-${Date.now()}`;
    const graph = await (await fetch(`${url}/v1/kgs`, { method: 'POST', headers, body: JSON.stringify({ name }) })).json();
    await fetch(`${url}/v1/kgs/${graph.id}/triples`, {
      method: 'POST',
      headers: { ...headers, 'Content-Type': 'text/tab-separated-values' },
      body: 'ana\tparent\tbo\nbo\tparent\tcleo\n',
    });
    const found = await call(client, 'kg_paths', { kg: name, from: 'ana', to: 'cleo' });
    expect(found.paths[0].hops.length === 2, JSON.stringify(found));
    const answered = await call(client, 'kg_query', { kg: graph.id, head: 'ana', relation: 'parent' });
    expect(answered.engine === 'rules', JSON.stringify(answered));
    const refused = await client.callTool({
      name: 'kg_verify',
      arguments: { kg: graph.id, head: 'ana', relation: 'parent', tail: 'bo' },
    });
    const problem = JSON.parse(refused.content[0].text);
    expect(refused.isError && problem.code.startsWith('kg.'), JSON.stringify(refused));
    await fetch(`${url}/v1/kgs/${graph.id}`, { method: 'DELETE', headers });
  });
  await check(SDK, 'an error is a result with our code', async () => {
    const refused = await client.callTool({ name: 'memory_context', arguments: {} });
    expect(refused.isError === true, 'isError');
    expect(JSON.parse(refused.content[0].text).code === 'request.invalid', refused.content[0].text);
  });
  await check(SDK, 'a call is cancelled', async () => {
    const abort = new AbortController();
    const long = client.callTool(
      { name: 'reason_search', arguments: { ...PUZZLE, problem: 'Use 1 1 1 1 to make 24' } },
      undefined,
      { signal: abort.signal },
    );
    abort.abort();
    const outcome = await long.then(() => 'answered', () => 'cancelled');
    expect(outcome === 'cancelled', outcome);
    await client.ping();
  });
  await check(SDK, 'a session ends', async () => {
    await transport.terminateSession();
    await client.close();
  });
  if (!existsSync(CLI)) {
    console.log(`skip | ${INSPECTOR} | it needs Node 22.19, this is ${process.version}`);
    return;
  }
  await check(INSPECTOR, 'lists and calls tools', async () => {
    const listed = await inspect('--method', 'tools/list');
    expect(listed.tools.length === 9, `${listed.tools.length} tools`);
    const called = await inspect(
      '--method', 'tools/call', '--tool-name', 'check_equivalence', '--tool-arg', 'a=1 + 1 = 2', '--tool-arg', 'b=2 = 1 + 1');
    expect(called.structuredContent !== undefined, JSON.stringify(called));
  });
}
