/** A piece of work that may begin when all that it depends on is done. */
export interface DependentTask {
  readonly id: string;
  readonly dependsOn: Iterable<string>;
  run(): Promise<void>;
}

const circle = (waiting: ReadonlyMap<string, ReadonlySet<string>>): string => {
  const path: string[] = [];
  let [current] = waiting.keys();
  while (current !== undefined && !path.includes(current)) {
    path.push(current);
    [current] = waiting.get(current) ?? [];
  }
  return [...path.slice(path.indexOf(current ?? '')), current].join(' → ');
};

const rejectCircles = (tasks: readonly DependentTask[], known: ReadonlySet<string>): void => {
  const waiting = new Map(tasks.map(({ id, dependsOn }) => [id, new Set([...dependsOn].filter((name) => known.has(name)))]));
  let done: string[];
  do {
    done = [...waiting].filter(([, dependencies]) => dependencies.size === 0).map(([id]) => id);
    for (const id of done) waiting.delete(id);
    for (const dependencies of waiting.values()) for (const id of done) dependencies.delete(id);
  } while (done.length > 0);
  if (waiting.size > 0) throw new Error(`circular dependency: ${circle(waiting)}`);
};

/**
 * Runs every task once, each as soon as its dependencies are done, side by side where they are independent.
 * Dependencies on ids that are not among the tasks count as done. After a failure nothing new begins.
 * @throws Error that shows the circle when there is one, before anything runs; else the first failure.
 */
export const runInDependencyOrder = async (tasks: readonly DependentTask[]): Promise<void> => {
  const known = new Set(tasks.map(({ id }) => id));
  rejectCircles(tasks, known);
  const byId = new Map(tasks.map((task) => [task.id, task]));
  const running = new Map<string, Promise<void>>();
  let failed = false;
  const runOnce = (task: DependentTask): Promise<void> => {
    const begun = running.get(task.id);
    if (begun) return begun;
    const run = (async () => {
      const before = [...task.dependsOn].flatMap((id) => byId.get(id) ?? []);
      await Promise.all(before.map(runOnce));
      if (failed) return;
      await task.run().catch((error: unknown) => {
        failed = true;
        throw error;
      });
    })();
    running.set(task.id, run);
    return run;
  };
  await Promise.all(tasks.map(runOnce));
};
