import { showDefinition } from '../../../lib/constructs/control/show-workflow/show-definition.ts';
import { statesHarness, throwing, type FunctionCall } from '../states-harness.ts';

const functionArns = { showChannel: 'showChannel', showState: 'showState', showEdge: 'showEdge', conversion: 'conversion', metering: 'metering' };
const definition = showDefinition({ functionArns, pollSeconds: 5, settlePollSeconds: 5 });

const start = Date.parse('2026-01-05T12:00:00Z');
const at = (seconds: number): string => new Date(start + seconds * 1000).toISOString();

/** What the task that marks a show as stopped answers. */
export const stopped = { outcome: 'COMPLETED', tailEndsAt: at(4000), releasesAt: at(4020), convertsAt: at(0), settlesAt: at(8000) };

/** What a task answers: always the same, or one thing after the other. */
export type Answers = Readonly<Record<string, readonly unknown[]>>;

const usual: Answers = {
  'check-running': [{ status: 'PENDING' }, { status: 'DONE' }],
  'check-hard-stop': [{ status: 'PENDING' }],
  'check-idle': [{ status: 'PENDING' }, { status: 'DONE' }],
  'mark-stopped': [stopped],
  'end-failed': [{ ...stopped, outcome: 'FAILED' }],
  'submit-conversion': [{ status: 'PENDING' }],
  'check-conversion': [{ status: 'PENDING' }, { status: 'DONE' }],
  'give-up-conversion': [{ status: 'FAILED' }],
  'measure-final': [{ status: 'PENDING' }, { status: 'DONE' }],
};

/** The deployed state machine of a show, with tasks that answer as usual but for the changes, on a clock that moves when told. */
export const showRun = (change: Answers = {}) => {
  const answers: Answers = { ...usual, ...change };
  const used = new Map<string, number>();
  const harness = statesHarness({
    invoke: ({ payload }) => {
      const { task } = payload;
      const turn = used.get(task) ?? 0;
      used.set(task, turn + 1);
      const given = answers[task] ?? [{}];
      return (given[turn] ?? given.at(-1)) as ReturnType<typeof throwing>;
    },
  });
  const tasks = (): readonly string[] => harness.calls.map(({ payload }) => payload.task);
  const last = (task: string): FunctionCall => harness.calls.findLast(({ payload }) => payload.task === task)!;
  return {
    ...harness,
    tasks,
    last,
    begin: (input: object = {}) => harness.run(definition, { breakoutId: 'bko_1', attempt: 1, ...input }),
    stop: () => harness.engine.succeed(last('await-stop').payload.taskToken, {}),
    after: (task: string) => tasks().slice(tasks().lastIndexOf(task)),
    seconds: (seconds: number) => harness.clock.advance(seconds * 1000),
  };
};
