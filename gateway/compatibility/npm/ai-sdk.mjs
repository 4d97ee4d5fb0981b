import { createOpenAI } from '@ai-sdk/openai';
import { createOpenAICompatible } from '@ai-sdk/openai-compatible';
import { embedMany, generateText, streamText, tool } from 'ai';
import { z } from 'zod';
import { check, expect, key, url } from './harness.mjs';

async function textOf(model, client) {
  await check(client, 'generateText', async () => {
    const { text, usage } = await generateText({ model, prompt: 'Say something.', maxRetries: 0 });
    expect(text === 'This is scripted.' && usage.totalTokens > 0, `${text} ${JSON.stringify(usage)}`);
  });
  await check(client, 'streamText', async () => {
    const { textStream } = streamText({ model, prompt: 'Say something.', maxRetries: 0 });
    let text = '';
    for await (const piece of textStream) {
      text += piece;
    }
    expect(text === 'This is scripted.', text);
  });
}

export default async function run() {
  const compatible = createOpenAICompatible({
    name: 'espalier', baseURL: `${url}/v1`, apiKey: key, includeUsage: true,
  });
  await textOf(compatible('scripted'), 'ai + @ai-sdk/openai-compatible');
  await check('ai + @ai-sdk/openai-compatible', 'tools', async () => {
    const weather = tool({ inputSchema: z.object({ city: z.string() }), execute: async () => 'sunny' });
    const { toolCalls } = await generateText({
      model: compatible('scripted'), prompt: 'call the tool', tools: { weather }, maxRetries: 0,
    });
    expect(toolCalls[0].input.city === 'Ghent', JSON.stringify(toolCalls));
  });
  const openai = createOpenAI({ baseURL: `${url}/v1`, apiKey: key });
  await textOf(openai.chat('scripted'), 'ai + @ai-sdk/openai (chat)');
  await textOf(openai('scripted'), 'ai + @ai-sdk/openai (responses)');
  await check('ai + @ai-sdk/openai (responses)', 'embedMany', async () => {
    const { embeddings } = await embedMany({ model: openai.embedding('e5-small-v2'), values: ['tea', 'bees'], maxRetries: 0 });
    expect(embeddings.length === 2 && embeddings[0].length === 384, `${embeddings.length} vectors`);
  });
}
