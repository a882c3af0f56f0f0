import type { ParityNote } from '../../assembly/parity.ts';

const subject = 'states';

/** How far the service follows AWS. */
export const statesParity: readonly ParityNote[] = [
  { subject, item: 'STANDARD state machines in JSONPath: Task, Wait, Choice, Parallel, inline Map, Pass, Succeed, Fail, Retry, Catch, time-outs, heartbeats, task tokens', stance: 'enforced' },
  { subject, item: 'execution names, payload and history limits, status events, AWS/States metrics of executions', stance: 'enforced' },
  { subject, item: 'waits', stance: 'enforced', reason: 'in real time, whatever the time scale' },
  { subject, item: 'loggingConfiguration, tracingConfiguration', stance: 'inert', reason: 'histories are kept whole and can be read from the API' },
  { subject, item: 'JSONata, Assign, distributed Map, EXPRESS', stance: 'refused', reason: 'the platform uses none' },
  { subject, item: 'integrations other than Lambda', stance: 'refused', reason: 'tasks are functions, whose roles hold the permissions' },
  { subject, item: 'JSONPath filters and recursive descent', stance: 'refused', reason: 'the platform uses none' },
  { subject, item: 'redrive, versions, aliases, activities', stance: 'refused', reason: 'the platform uses none' },
];
