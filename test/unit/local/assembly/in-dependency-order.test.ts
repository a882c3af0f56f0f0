import { runInDependencyOrder } from '../../../../local/assembly/in-dependency-order.ts';

const tasksThat = (graph: Record<string, string[]>, run: (id: string) => void | Promise<void>) =>
  Object.entries(graph).map(([id, dependsOn]) => ({ id, dependsOn, run: async () => run(id) }));

describe('running in dependency order', () => {
  it('runs each task once, after all it depends on', async () => {
    const order: string[] = [];

    await runInDependencyOrder(tasksThat({ d: ['b', 'c'], c: ['a'], b: ['a'], a: ['not-a-task'] }, (id) => void order.push(id)));

    expect(order).toHaveLength(4);
    expect(order[0]).toBe('a');
    expect(order[3]).toBe('d');
  });

  it('runs independent tasks side by side', async () => {
    let bothBegan: () => void = () => undefined;
    const began = new Set<string>();
    const both = new Promise<void>((resolve) => (bothBegan = resolve));

    await runInDependencyOrder(
      tasksThat({ a: [], b: [] }, async (id) => {
        began.add(id);
        if (began.size === 2) bothBegan();
        await both;
      }),
    );

    expect(began.size).toBe(2);
  });

  it('rejects a circle and shows it, before anything runs', async () => {
    const ran: string[] = [];

    const running = runInDependencyOrder(tasksThat({ a: ['b'], b: ['c'], c: ['b'], x: [] }, (id) => void ran.push(id)));

    await expect(running).rejects.toThrow(/circular dependency: (b → c → b|c → b → c)/);
    expect(ran).toEqual([]);
  });

  it('fails with the first failure and begins nothing that depends on it', async () => {
    const ran: string[] = [];

    const running = runInDependencyOrder(
      tasksThat({ a: [], b: ['a'] }, (id) => {
        ran.push(id);
        throw new Error(`${id} broke`);
      }),
    );

    await expect(running).rejects.toThrow('a broke');
    expect(ran).toEqual(['a']);
  });
});
