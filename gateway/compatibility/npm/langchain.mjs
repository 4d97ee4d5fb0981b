import { ChatOpenAI, OpenAIEmbeddings } from '@langchain/openai';
import { tool } from '@langchain/core/tools';
import { z } from 'zod';
import { check, expect, key, url } from './harness.mjs';

const CLIENT = '@langchain/openai';

export default async function run() {
  const chat = new ChatOpenAI({
    model: 'scripted', apiKey: key, maxRetries: 0, configuration: { baseURL: `${url}/v1` },
  });

  await check(CLIENT, 'invoke', async () => {
    const answer = await chat.invoke('Say something.');
    expect(answer.content === 'This is scripted.' && answer.usage_metadata.total_tokens > 0, JSON.stringify(answer));
  });
  await check(CLIENT, 'stream', async () => {
    let text = '';
    for await (const chunk of await chat.stream('Say something.')) {
      text += chunk.content;
    }
    expect(text === 'This is scripted.', text);
  });
  await check(CLIENT, 'tools', async () => {
    const weather = tool(() => 'sunny', { name: 'weather', schema: z.object({ city: z.string() }) });
    const answer = await chat.bindTools([weather]).invoke('call the tool');
    expect(answer.tool_calls[0].args.city === 'Ghent', JSON.stringify(answer.tool_calls));
  });
  await check(CLIENT, 'embeddings', async () => {
    const embeddings = new OpenAIEmbeddings({
      model: 'e5-small-v2', apiKey: key, maxRetries: 0, configuration: { baseURL: `${url}/v1` },
    });
    const vectors = await embeddings.embedDocuments(['green tea', 'a red bicycle']);
    expect(vectors.length === 2 && vectors[1].length === 384, `${vectors.length} vectors`);
  });
}
