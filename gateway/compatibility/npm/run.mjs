import { finish } from './harness.mjs';

// mem0's client reports home unless told not to, and looks when it is loaded.
process.env.MEM0_TELEMETRY = 'false';

for (const suite of ['description', 'mcp', 'mem0', 'openai', 'langchain', 'ai-sdk']) {
  const { default: run } = await import(`./${suite}.mjs`);
  await run();
}
finish();
