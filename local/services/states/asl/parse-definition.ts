import type { Json } from '../../../runtime/state/collection.ts';
import { checkTransitions } from './check-transitions.ts';
import { parseChoiceRule } from './choice-rule.ts';
import type { Machine, State } from './definition.ts';
import { isObject, parseJson } from './json.ts';
import { DefinitionError } from './state-error.ts';
import { stateSchemas, type ParsedState, type StateType } from './state-schemas.ts';
import { parseTaskResource } from './task-resource.ts';

const machineFields = ['Comment', 'StartAt', 'States', 'TimeoutSeconds', 'Version', 'QueryLanguage'];

const isStateType = (value: unknown): value is StateType => typeof value === 'string' && Object.hasOwn(stateSchemas, value);

const parseFields = (value: Json, where: string): ParsedState => {
  const type = isObject(value) ? value['Type'] : undefined;
  if (!isStateType(type)) throw new DefinitionError(`${where}: Type ${JSON.stringify(type)} is not supported (supported: ${Object.keys(stateSchemas).join(', ')})`);
  const result = stateSchemas[type].safeParse(value);
  if (result.success) return result.data;
  throw new DefinitionError(result.error.issues
    .map((issue) => issue.code === 'unrecognized_keys'
      ? `${where}: field ${issue.keys.join(', ')} is not supported in a ${type} state`
      : `${where}: field ${issue.path.join('.')}: ${issue.message}`)
    .join('; '));
};

const next = (value: Json, where: string): string => {
  const target = isObject(value) ? value['Next'] : undefined;
  if (typeof target !== 'string') throw new DefinitionError(`${where}: Next must name a state, got ${JSON.stringify(target)}`);
  return target;
};

const processor = (value: Json | undefined, where: string): Machine => {
  if (!isObject(value)) throw new DefinitionError(`${where}: field ItemProcessor must be an object`);
  const { ProcessorConfig: config, ...machine } = value;
  const mode = isObject(config) ? config['Mode'] : 'INLINE';
  if (mode !== undefined && mode !== 'INLINE') throw new DefinitionError(`${where}: field ItemProcessor.ProcessorConfig.Mode ${JSON.stringify(mode)} is not supported (supported: INLINE)`);
  return parseMachine(machine, `${where}: ItemProcessor: `);
};

const parseState = (value: Json, where: string): State => {
  const state = parseFields(value, where);
  switch (state.Type) {
    case 'Task':
      return { ...state, Resource: parseTaskResource(state.Resource, state.Parameters, where) };
    case 'Choice':
      return { ...state, Choices: state.Choices.map((rule, index) => ({ rule: parseChoiceRule(rule, `${where}: rule ${index + 1}`), Next: next(rule, `${where}: rule ${index + 1}`) })) };
    case 'Parallel':
      return { ...state, Branches: state.Branches.map((branch, index) => parseMachine(branch, `${where}: branch ${index + 1}: `)) };
    case 'Map': {
      const { ItemProcessor, Iterator, ...rest } = state;
      return { ...rest, Branches: [processor(ItemProcessor ?? Iterator, where)] };
    }
    case 'Pass':
    case 'Wait':
    case 'Succeed':
    case 'Fail':
      return state;
  }
};

const parseMachine = (value: Json, where: string): Machine => {
  if (!isObject(value)) throw new DefinitionError(`${where}a state machine must be an object, got ${JSON.stringify(value)}`);
  const unknown = Object.keys(value).find((name) => !machineFields.includes(name));
  if (unknown !== undefined) throw new DefinitionError(`${where}field ${unknown} is not supported (supported: ${machineFields.join(', ')})`);
  const { StartAt: startAt, States: states, TimeoutSeconds: timeout, QueryLanguage: language = 'JSONPath' } = value;
  if (language !== 'JSONPath') throw new DefinitionError(`${where}field QueryLanguage ${JSON.stringify(language)} is not supported (supported: JSONPath)`);
  if (typeof startAt !== 'string') throw new DefinitionError(`${where}field StartAt must name a state, got ${JSON.stringify(startAt)}`);
  if (!isObject(states) || Object.keys(states).length === 0) throw new DefinitionError(`${where}field States must hold at least one state`);
  if (timeout !== undefined && !(typeof timeout === 'number' && Number.isInteger(timeout) && timeout > 0)) throw new DefinitionError(`${where}field TimeoutSeconds must be a whole number above 0, got ${JSON.stringify(timeout)}`);
  const machine: Machine = {
    StartAt: startAt,
    States: new Map(Object.entries(states).map(([name, state = null]) => [name, parseState(state, `${where}state '${name}'`)])),
    ...(timeout !== undefined && { TimeoutSeconds: timeout }),
  };
  checkTransitions(machine, where);
  return machine;
};

/**
 * Reads an Amazon States Language definition of the subset.
 * @throws DefinitionError that names state and field of what is wrong or not supported.
 */
export const parseDefinition = (text: string): Machine => {
  try {
    return parseMachine(parseJson(text), '');
  } catch (cause) {
    if (cause instanceof SyntaxError) throw new DefinitionError(`the definition is not JSON: ${cause.message}`);
    throw cause;
  }
};
