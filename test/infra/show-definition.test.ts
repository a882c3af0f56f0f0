import { showDefinition } from '../../lib/constructs/control/show-workflow/show-definition.ts';
import { showTasks } from '../../lambda/contract/show-workflow.ts';
import { onlyResourceOf, rendered, synthesisedTemplates, type Json } from '../support/synthesised-stage.ts';

type State = Readonly<Record<string, Json>>;
interface Flow {
  readonly StartAt: string;
  readonly States: Readonly<Record<string, State>>;
}

const functionArns = { showChannel: 'arn:showChannel', showState: 'arn:showState', showEdge: 'arn:showEdge', conversion: 'arn:conversion', metering: 'arn:metering' };
const definition: Flow = JSON.parse(JSON.stringify(showDefinition({ functionArns, pollSeconds: 5, settlePollSeconds: 5 })));

const flowsOf = (flow: Flow): readonly Flow[] => [flow, ...Object.values(flow.States).flatMap(({ Branches = [] }) => Branches.flatMap(flowsOf))];
const flows = flowsOf(definition);
const statesOf = (type: string): readonly (readonly [string, State])[] => flows.flatMap(({ States }) => Object.entries(States)).filter(([, { Type }]) => Type === type);

const nextOf = ({ Next, Default, Choices = [], Catch = [] }: State): readonly string[] =>
  [Next, Default, ...Choices.map((choice: State) => choice['Next']), ...Catch.map((caught: State) => caught['Next'])].filter((name) => name !== undefined);

const reachable = ({ StartAt, States }: Flow): ReadonlySet<string> => {
  const seen = new Set<string>();
  const open = [StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    if (seen.has(name)) continue;
    seen.add(name);
    open.push(...nextOf(States[name] ?? {}));
  }
  return seen;
};

/** Every state that can come after one, by any way. */
const after = (name: string): ReadonlySet<string> => reachable({ StartAt: name, States: definition.States });

describe('the show\'s state machine', () => {
  it('leads only to states that exist, and to each of them', () => {
    for (const flow of flows) expect([...reachable(flow)].toSorted()).toEqual(Object.keys(flow.States).toSorted());
  });

  it('uses every task of the contract, at the function that performs it', () => {
    const used = statesOf('Task').map(([, { Parameters }]) => `${Parameters.FunctionName} ${Parameters.Payload.task}`);
    const contract = Object.entries(showTasks).flatMap(([name, tasks]) => tasks.map((task) => `arn:${name} ${task}`));

    expect([...new Set(used)].toSorted()).toEqual(contract.toSorted());
  });

  it('identifies the show in every task', () => {
    for (const [, { Parameters }] of statesOf('Task')) expect(Parameters.Payload).toMatchObject({ 'breakoutId.$': '$.breakoutId', 'attempt.$': '$.attempt' });
  });

  it('retries passing faults of every task', () => {
    for (const [, { Retry }] of statesOf('Task')) expect(Retry[0].ErrorEquals).toEqual(expect.arrayContaining(['Unavailable', 'Lambda.TooManyRequestsException']));
  });

  it('waits for the stop at most 15 minutes at a time', () => {
    const wait = definition.States['AwaitStop']!;

    expect(wait).toMatchObject({ Resource: 'arn:aws:states:::lambda:invoke.waitForTaskToken', TimeoutSeconds: 900 });
    expect(wait['Parameters'].Payload['taskToken.$']).toBe('$$.Task.Token');
    expect(wait['Catch'][0]).toEqual({ ErrorEquals: ['States.Timeout'], ResultPath: null, Next: 'CheckHardStop' });
  });

  it('stops the channel whatever fails before it is idle', () => {
    const beforeIdle = ['PrepareChannel', 'StartChannel', 'CheckRunning', 'OpenEdge', 'MarkRunning', 'AwaitStop', 'CheckHardStop', 'MarkStopping', 'StopChannel', 'CheckIdle', 'MarkStopped'];

    for (const name of beforeIdle) expect(definition.States[name]!['Catch'].at(-1)).toEqual({ ErrorEquals: ['States.ALL'], ResultPath: '$.error', Next: 'EnsureStopped' });
  });

  it('ends no failed show before its channel is idle', () => {
    for (const name of ['EnsureStopped', 'WaitForStopped', 'CheckStopped', 'IsStopped']) expect(nextOf(definition.States[name]!)).not.toContain('ShowFailed');
    expect(definition.States['IsStopped']!['Choices'][0]).toMatchObject({ StringEquals: 'DONE', Next: 'RestoreSourcesOfFailed' });
  });

  it('gives the pipeline back after every failure', () => {
    expect([...after('EnsureStopped')]).toEqual(expect.arrayContaining(['EndFailed', 'LimitEdge', 'RestoreSources', 'Afterwards', 'ShowFailed']));
  });

  it('measures what a failed show ran', () => {
    expect([...after('EnsureStopped')]).toEqual(expect.arrayContaining(['Afterwards', 'MeasureFinal']));
  });

  it('returns no show to its schedule but through its end', () => {
    expect(definition.States['HasReturned']!['Choices']).toEqual([{ Variable: '$.stopped.answer.outcome', StringEquals: 'RETURNED', Next: 'ShowNotStarted' }]);
    expect(definition.States['EndFailed']).toMatchObject({ Next: 'HasReturned', ResultPath: '$.stopped' });
  });

  it('lets no branch after the stop fail the show', () => {
    for (const flow of flows.slice(1)) for (const state of Object.values(flow.States).filter(({ Type }) => Type === 'Task')) expect(state['Catch'].at(-1).ErrorEquals).toEqual(['States.ALL']);
  });

  it('frees the pipeline no earlier than it was told', () => {
    const release = flows.at(-1)!;

    expect(release.States['WaitForTail']!['TimestampPath']).toBe('$.stopped.answer.tailEndsAt');
    expect(release.States['WaitForRelease']!['TimestampPath']).toBe('$.stopped.answer.releasesAt');
  });

  it('is deployed as one standard state machine with real references', () => {
    const control = synthesisedTemplates()['Control']!;
    const { DefinitionString, StateMachineType, StateMachineName } = onlyResourceOf(control, 'AWS::StepFunctions::StateMachine').Properties;
    const deployed = JSON.parse(rendered(DefinitionString, () => 'arn'));

    expect({ StateMachineType, StateMachineName }).toEqual({ StateMachineType: 'STANDARD', StateMachineName: 'test-show' });
    expect(Object.keys(deployed.States)).toEqual(Object.keys(definition.States));
  });
});
