import type { Json } from '../../../runtime/state/collection.ts';
import { comparisons } from './comparison.ts';
import { isArray, isObject, type JsonObject } from './json.ts';
import { parsePath } from './path.ts';
import { lookUp, type Scope } from './payload.ts';
import { DefinitionError, StateError } from './state-error.ts';

/** A Choice rule, checked. */
export type ChoiceRule =
  | { readonly kind: 'and' | 'or'; readonly rules: readonly ChoiceRule[] }
  | { readonly kind: 'not'; readonly rule: ChoiceRule }
  | { readonly kind: 'present'; readonly variable: string; readonly operand: boolean }
  | { readonly kind: 'compare'; readonly variable: string; readonly operator: string; readonly operand: Json }
  | { readonly kind: 'compare-paths'; readonly variable: string; readonly operator: string; readonly operandPath: string };

const path = (value: Json | undefined, where: string): string => {
  if (typeof value !== 'string') throw new DefinitionError(`${where} must be a path, got ${JSON.stringify(value)}`);
  try {
    parsePath(value);
  } catch (cause) {
    throw new DefinitionError(`${where}: ${cause instanceof Error ? cause.message : String(cause)}`);
  }
  return value;
};

const parseComparison = (operator: string, rule: JsonObject, where: string): ChoiceRule => {
  const variable = path(rule['Variable'], `${where}: Variable`);
  const operand = rule[operator] ?? null;
  if (operator === 'IsPresent') {
    if (typeof operand !== 'boolean') throw new DefinitionError(`${where}: IsPresent must be true or false, got ${JSON.stringify(operand)}`);
    return { kind: 'present', variable, operand };
  }
  const operandPath = operator.endsWith('Path') && !operator.startsWith('Is');
  const comparison = comparisons.get(operandPath ? operator.slice(0, -4) : operator);
  if (!comparison) throw new DefinitionError(`${where}: ${operator} is not supported (supported: And, Or, Not, IsPresent, ${[...comparisons.keys()].join(', ')})`);
  if (operandPath) return { kind: 'compare-paths', variable, operator: operator.slice(0, -4), operandPath: path(operand, `${where}: ${operator}`) };
  if (!comparison.accepts(operand)) throw new DefinitionError(`${where}: ${operator} cannot compare with ${JSON.stringify(operand)}`);
  return { kind: 'compare', variable, operator, operand };
};

/**
 * Checks a rule of a Choice state, `Next` and `Comment` aside.
 * @throws DefinitionError that names what is not supported.
 */
export const parseChoiceRule = (value: Json | undefined, where: string): ChoiceRule => {
  if (!isObject(value)) throw new DefinitionError(`${where} must be an object, got ${JSON.stringify(value)}`);
  const operators = Object.keys(value).filter((name) => !['Variable', 'Next', 'Comment'].includes(name));
  const [operator, second] = operators;
  if (operator === undefined || second !== undefined) throw new DefinitionError(`${where} must have exactly one comparison, got ${operators.join(', ') || 'none'}`);
  const operand = value[operator];
  switch (operator) {
    case 'And':
    case 'Or':
      if (!isArray(operand) || operand.length === 0) throw new DefinitionError(`${where}: ${operator} must be a list of rules that is not empty`);
      return { kind: operator === 'And' ? 'and' : 'or', rules: operand.map((each, index) => parseChoiceRule(each, `${where}: ${operator} ${index + 1}`)) };
    case 'Not':
      return { kind: 'not', rule: parseChoiceRule(operand, `${where}: Not`) };
    default:
      return parseComparison(operator, value, where);
  }
};

const value = (text: string, input: Json, scope: Scope): Json => {
  const found = lookUp(text, input, scope);
  if (found === undefined) throw new StateError('States.Runtime', `Invalid path '${text}': The choice state's condition path references an invalid value.`);
  return found;
};

/**
 * Whether a rule holds for the input.
 * @throws StateError States.Runtime when a path that it compares selects nothing.
 */
export const ruleHolds = (rule: ChoiceRule, input: Json, scope: Scope): boolean => {
  switch (rule.kind) {
    case 'and':
      return rule.rules.every((each) => ruleHolds(each, input, scope));
    case 'or':
      return rule.rules.some((each) => ruleHolds(each, input, scope));
    case 'not':
      return !ruleHolds(rule.rule, input, scope);
    case 'present':
      return (lookUp(rule.variable, input, scope) !== undefined) === rule.operand;
    case 'compare':
      return comparisons.get(rule.operator)?.holds(value(rule.variable, input, scope), rule.operand) ?? false;
    case 'compare-paths':
      return comparisons.get(rule.operator)?.holds(value(rule.variable, input, scope), value(rule.operandPath, input, scope)) ?? false;
  }
};
