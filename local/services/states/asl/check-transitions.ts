import { isWorking, type Machine, type State } from './definition.ts';
import { DefinitionError } from './state-error.ts';

const targets = (state: State): string[] => {
  const found: (string | undefined)[] = [];
  if (state.Type === 'Choice') found.push(state.Default, ...state.Choices.map((choice) => choice.Next));
  else if (state.Type !== 'Succeed' && state.Type !== 'Fail') found.push(state.Next);
  if (isWorking(state)) found.push(...state.Catch.map((catcher) => catcher.Next));
  return found.filter((name) => name !== undefined);
};

const exactlyOne = (fields: Readonly<Record<string, unknown>>, where: string): void => {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined && value !== false).map(([name]) => name);
  if (set.length !== 1) throw new DefinitionError(`${where} must have exactly one of ${Object.keys(fields).join(', ')}, got ${set.join(' and ') || 'none'}`);
};

const atMostOne = (fields: Readonly<Record<string, unknown>>, where: string): void => {
  const set = Object.entries(fields).filter(([, value]) => value !== undefined).map(([name]) => name);
  if (set.length > 1) throw new DefinitionError(`${where} must have at most one of ${Object.keys(fields).join(', ')}, got ${set.join(' and ')}`);
};

const checkErrorNames = (handlers: readonly { readonly ErrorEquals: readonly string[] }[], where: string): void => {
  handlers.forEach(({ ErrorEquals: names }, index) => {
    if (names.includes('States.ALL') && (names.length > 1 || index < handlers.length - 1)) throw new DefinitionError(`${where}: States.ALL must stand alone and last`);
  });
};

const checkState = (state: State, where: string): void => {
  if (state.Type === 'Choice' || state.Type === 'Succeed') return;
  if (state.Type === 'Fail') {
    atMostOne({ Error: state.Error, ErrorPath: state.ErrorPath }, where);
    atMostOne({ Cause: state.Cause, CausePath: state.CausePath }, where);
    return;
  }
  exactlyOne({ Next: state.Next, End: state.End }, where);
  if (state.Type === 'Wait') exactlyOne({ Seconds: state.Seconds, SecondsPath: state.SecondsPath, Timestamp: state.Timestamp, TimestampPath: state.TimestampPath }, where);
  if (state.Type === 'Pass') atMostOne({ Result: state.Result, Parameters: state.Parameters }, where);
  if (state.Type === 'Map') atMostOne({ ItemSelector: state.ItemSelector, Parameters: state.Parameters }, where);
  if (!isWorking(state)) return;
  checkErrorNames(state.Retry, `${where}: Retry`);
  checkErrorNames(state.Catch, `${where}: Catch`);
  if (state.Type !== 'Task') return;
  atMostOne({ TimeoutSeconds: state.TimeoutSeconds, TimeoutSecondsPath: state.TimeoutSecondsPath }, where);
  atMostOne({ HeartbeatSeconds: state.HeartbeatSeconds, HeartbeatSecondsPath: state.HeartbeatSecondsPath }, where);
  if (state.HeartbeatSeconds !== undefined && state.HeartbeatSeconds >= (state.TimeoutSeconds ?? Infinity)) throw new DefinitionError(`${where}: HeartbeatSeconds ${state.HeartbeatSeconds} must be less than TimeoutSeconds ${state.TimeoutSeconds ?? 'none'}`);
};

/**
 * Checks what holds between states and between fields: targets exist, every state is reachable, one way on.
 * @throws DefinitionError that names the state.
 */
export const checkTransitions = (machine: Machine, where: string): void => {
  const reached = new Set<string>();
  const open = [machine.StartAt];
  for (let name = open.pop(); name !== undefined; name = open.pop()) {
    const state = machine.States.get(name);
    if (!state) throw new DefinitionError(`${where}state '${name}' is named as a target but does not exist (states: ${[...machine.States.keys()].join(', ')})`);
    if (!reached.has(name)) open.push(...targets(state));
    reached.add(name);
  }
  for (const [name, state] of machine.States) {
    if (name.length > 80) throw new DefinitionError(`${where}state '${name}': a name has at most 80 characters, got ${name.length}`);
    if (!reached.has(name)) throw new DefinitionError(`${where}state '${name}' cannot be reached from StartAt`);
    checkState(state, `${where}state '${name}'`);
  }
};
