import { openEngine } from '../../../../../local/services/dynamodb/engine.ts';

describe('the table engine', () => {
  it('lets what is under way end before it closes, and refuses what comes later', async () => {
    const engine = await openEngine({ accountId: '123456789012', region: 'us-east-1', tableChangeMilliseconds: 0 });
    const lists = Array.from({ length: 20 }, () => engine.perform('ListTables', {}));

    await engine.close();

    await expect(Promise.all(lists)).resolves.toHaveLength(20);
    await expect(engine.perform('ListTables', {})).rejects.toThrow('the tables are being closed');
  });
});
