/** What has been opened and must be closed, last first. */
export interface UndoStack {
  push(undo: () => void | Promise<void>): void;
  /** Undoes everything that has not been undone yet; one that fails does not keep the others from being undone. @throws the first failure */
  run(): Promise<void>;
}

/** An empty stack. */
export const undoStack = (): UndoStack => {
  const steps: (() => void | Promise<void>)[] = [];
  const runAll = async (): Promise<void> => {
    const failures: unknown[] = [];
    for (let step = steps.pop(); step; step = steps.pop()) {
      try {
        await step();
      } catch (error) {
        failures.push(error);
      }
    }
    if (failures.length > 0) throw failures[0];
  };
  let running: Promise<void> | undefined;
  return {
    push: (undo) => void steps.push(undo),
    run: () => (running ??= runAll()),
  };
};
