import { check, expect, key, url } from './harness.mjs';

const CLIENT = 'mem0ai';

export default async function run() {
  const { MemoryClient } = await import('mem0ai');
  const memories = new MemoryClient({ apiKey: key, host: url });
  const userId = `compatibility-${Date.now()}`;
  const filters = { user_id: userId };
  let tea;

  await check(CLIENT, 'ping', () => memories.ping());
  await check(CLIENT, 'add, as it is said', async () => {
    const added = await memories.add(
      [
        { role: 'user', content: 'I drink green tea in the morning.' },
        { role: 'user', content: 'My bicycle is red.' },
      ],
      { userId, infer: false, metadata: { from_test: true } },
    );
    expect(added.results.length === 2 && added.results[0].event === 'ADD', JSON.stringify(added));
    tea = added.results[0].id;
  });
  await check(CLIENT, 'add, with inference asked for', async () => {
    const added = await memories.add([{ role: 'user', content: 'I live in Ghent.' }], { userId, runId: 'trip' });
    expect(typeof added.inferred === 'boolean', JSON.stringify(added));
    expect(added.inferred || added.message.length > 0, 'an honest answer');
  });
  await check(CLIENT, 'search', async () => {
    const found = await memories.search('What does the user drink?', { filters, topK: 2 });
    expect(found.results[0].memory.includes('green tea'), JSON.stringify(found));
    expect(found.results.length <= 2 && found.results[0].score <= 1, 'score');
    const none = await memories.search('tea', { filters: { AND: [filters, { run_id: 'other' }] } });
    expect(none.results.length === 0, 'only what passes the filters');
  });
  await check(CLIENT, 'getAll, in pages', async () => {
    const first = await memories.getAll({ filters, page: 1, pageSize: 2 });
    expect(first.count >= 3 && first.results.length === 2 && first.next, JSON.stringify(first));
    const trip = await memories.getAll({ filters: { AND: [filters, { run_id: 'trip' }] } });
    expect(trip.results.every((memory) => memory.runId === 'trip'), 'one run');
  });
  await check(CLIENT, 'update, get, history', async () => {
    await memories.update(tea, { text: 'I drink black tea in the morning.' });
    const memory = await memories.get(tea);
    expect(memory.memory.includes('black tea') && memory.metadata.from_test === true, JSON.stringify(memory));
    const history = await memories.history(tea);
    expect(history.length === 2 && history[1].oldMemory.includes('green'), JSON.stringify(history));
    const found = await memories.search('tea', { filters });
    expect(found.results.every((one) => !one.memory.includes('green')), 'the old text is gone');
  });
  await check(CLIENT, 'batchUpdate, feedback', async () => {
    await memories.batchUpdate([{ memoryId: tea, text: 'I drink no tea any more.' }]);
    await memories.feedback({ memoryId: tea, feedback: 'POSITIVE' });
    const memory = await memories.get(tea);
    expect(memory.memory.includes('no tea') && memory.feedback === 'POSITIVE', JSON.stringify(memory));
  });
  await check(CLIENT, 'users', async () => {
    const users = await memories.users();
    const own = users.results.find((user) => user.name === userId);
    expect(own?.type === 'user' && own.totalMemories >= 3, JSON.stringify(users));
  });
  await check(CLIENT, 'delete, batchDelete', async () => {
    await memories.delete(tea);
    const error = await memories.get(tea).then(() => null, (it) => it);
    expect(error?.name === 'MemoryNotFoundError', `${error}`);
    const { results } = await memories.getAll({ filters });
    await memories.batchDelete([results[0].id]);
    expect((await memories.getAll({ filters })).count === results.length - 1, 'one fewer');
  });
  await check(CLIENT, 'errors are its own', async () => {
    const refused = await memories.add([{ role: 'user', content: 'x' }]).then(() => null, (it) => it);
    expect(refused?.name === 'ValidationError', `${refused}`);
    const stranger = new MemoryClient({ apiKey: key, host: url });
    stranger.apiKey = 'wrong';
    const unknown = await stranger.getAll({ filters }).then(() => null, (it) => it);
    expect(unknown?.name === 'AuthenticationError', `${unknown}`);
  });
  await check(CLIENT, 'deleteAll, deleteUsers', async () => {
    await memories.deleteAll({ userId });
    expect((await memories.getAll({ filters })).count === 0, 'nothing left');
    await memories.add('hello', { userId, infer: false });
    await memories.deleteUsers({ userId });
    expect((await memories.getAll({ filters })).count === 0, 'nothing left');
  });
}
