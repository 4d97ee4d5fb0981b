import OpenAI from 'openai';
import { z } from 'zod';
import { zodResponseFormat } from 'openai/helpers/zod';
import { check, expect, key, url } from './harness.mjs';

const CLIENT = 'openai';
const MODEL = 'scripted';
const EMBEDDER = 'e5-small-v2';
const WEATHER = {
  type: 'function',
  function: {
    name: 'weather',
    parameters: { type: 'object', properties: { city: { type: 'string' } }, required: ['city'] },
  },
};

export default async function run() {
  const openai = new OpenAI({ apiKey: key, baseURL: `${url}/v1`, maxRetries: 0 });
  const messages = [{ role: 'user', content: 'Say something.' }];

  await check(CLIENT, 'chat', async () => {
    const answer = await openai.chat.completions.create({ model: MODEL, messages, max_completion_tokens: 50 });
    expect(answer.choices[0].message.content === 'This is scripted.', JSON.stringify(answer));
    expect(answer.usage.total_tokens > 0, 'usage');
  });
  await check(CLIENT, 'chat, streamed, with usage', async () => {
    const stream = await openai.chat.completions.create({
      model: MODEL, messages, stream: true, stream_options: { include_usage: true },
    });
    let text = '';
    let usage;
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? '';
      usage = chunk.usage ?? usage;
    }
    expect(text === 'This is scripted.' && usage?.total_tokens > 0, `${text} ${JSON.stringify(usage)}`);
  });
  await check(CLIENT, 'tools, there and back', async () => {
    const asked = [{ role: 'user', content: 'call the tool' }];
    const first = await openai.chat.completions.create({ model: MODEL, messages: asked, tools: [WEATHER] });
    const [call] = first.choices[0].message.tool_calls;
    expect(call.function.name === 'weather' && JSON.parse(call.function.arguments).city === 'Ghent', JSON.stringify(first));
    const second = await openai.chat.completions.create({
      model: MODEL,
      messages: [...asked, first.choices[0].message, { role: 'tool', tool_call_id: call.id, content: 'sunny' }],
      tools: [WEATHER],
    });
    expect(second.choices[0].message.content === 'This is scripted.', JSON.stringify(second));
  });
  await check(CLIENT, 'parse, with a strict schema', async () => {
    const parsed = await openai.chat.completions.parse({
      model: MODEL, messages, response_format: zodResponseFormat(z.object({ answer: z.string() }), 'answer'),
    });
    expect(parsed.choices[0].message.parsed.answer === 'scripted', JSON.stringify(parsed));
  });
  await check(CLIENT, 'a client that leaves in the middle of a stream', async () => {
    const stream = await openai.chat.completions.create({
      model: MODEL, messages: [{ role: 'user', content: 'speak without end' }], stream: true,
    });
    for await (const chunk of stream) {
      expect(chunk.choices[0].delta !== undefined, 'a chunk');
      stream.controller.abort();
    }
  });
  await check(CLIENT, 'embeddings, base64 by default and float', async () => {
    const input = ['green tea', 'a red bicycle'];
    const short = await openai.embeddings.create({ model: EMBEDDER, input });
    const plain = await openai.embeddings.create({ model: EMBEDDER, input: input[0], encoding_format: 'float' });
    expect(short.data.length === 2 && short.data[0].embedding.length === 384, `${short.data.length} vectors`);
    const largest = Math.max(...plain.data[0].embedding.map((x, i) => Math.abs(x - short.data[0].embedding[i])));
    expect(largest < 1e-6, `they differ by ${largest}`);
  });
  await check(CLIENT, 'models', async () => {
    const names = [];
    for await (const model of openai.models.list()) {
      names.push(model.id);
    }
    expect(names.includes(EMBEDDER) && names.includes('search/arithmetic'), `${names}`);
    expect((await openai.models.retrieve(EMBEDDER)).object === 'model', 'one model');
  });
  await check(CLIENT, 'responses', async () => {
    const response = await openai.responses.create({ model: MODEL, input: 'Say something.' });
    expect(response.output_text === 'This is scripted.', JSON.stringify(response));
  });
  await check(CLIENT, 'responses, streamed', async () => {
    const events = [];
    let text = '';
    for await (const event of await openai.responses.create({ model: MODEL, input: 'Say something.', stream: true })) {
      events.push(event.type);
      text += event.type === 'response.output_text.delta' ? event.delta : '';
    }
    expect(text === 'This is scripted.', text);
    expect(events[0] === 'response.created' && events.at(-1) === 'response.completed', `${events}`);
  });
  await check(CLIENT, 'memory by one header', async () => {
    const name = `compatibility-${Date.now()}`;
    const headers = { 'X-Conversation-Id': name, 'X-Memory': 'required' };
    const first = [{ role: 'user', content: 'Mira keeps bees behind the mill.' }];
    await openai.chat.completions.create({ model: MODEL, messages: first }, { headers });
    const { response } = await openai.chat.completions
      .create({ model: MODEL, messages: [{ role: 'user', content: 'Who keeps bees?' }] }, { headers })
      .withResponse();
    expect(response.headers.get('x-espalier-memory') === 'used', response.headers.get('x-espalier-memory'));
    expect(response.headers.get('x-espalier-memory-manifest') !== null, 'a manifest');
  });
  await check(CLIENT, 'a search as a model', async () => {
    const stream = await openai.chat.completions.create({
      model: 'search/arithmetic', messages: [{ role: 'user', content: 'Use 1 2 3 4 to make 24' }], stream: true,
    });
    let text = '';
    for await (const chunk of stream) {
      text += chunk.choices[0]?.delta?.content ?? '';
    }
    // Each search draws its own seed: not every one finds 24.
    expect(text.includes('(left: '), text);
  });
  await check(CLIENT, 'errors are its own', async () => {
    const wrong = new OpenAI({ apiKey: 'wrong', baseURL: `${url}/v1`, maxRetries: 0 });
    const refused = await wrong.chat.completions.create({ model: MODEL, messages }).then(() => null, (it) => it);
    expect(refused instanceof OpenAI.AuthenticationError && refused.code === 'auth.key_refused', `${refused}`);
    const invalid = await openai.chat.completions.create({ model: MODEL, messages: 'x' }).then(() => null, (it) => it);
    expect(invalid instanceof OpenAI.BadRequestError && invalid.param === 'messages', `${invalid}`);
  });
}
