import { z } from 'zod';

/** What the intrinsic functions of a template look up. Each look-up throws an Error that names what is missing. */
export interface EvaluationScope {
  /** A resource's physical id, a parameter's value or a pseudo parameter. */
  ref(logicalId: string): unknown;
  attribute(logicalId: string, attribute: string): unknown;
  mapping(map: string, topLevelKey: string, secondLevelKey: string): unknown;
  condition(name: string): boolean;
  importValue(exportName: string): unknown;
}

/** What a property evaluates to when `AWS::NoValue` takes it away. */
const noValue = Symbol('AWS::NoValue');

const nonEmptyList = z.array(z.unknown());
const text = z.union([z.string(), z.number(), z.boolean()]).transform(String);

type Intrinsic = (argument: unknown, scope: EvaluationScope) => unknown;

const evaluateText = (value: unknown, scope: EvaluationScope): string => text.parse(evaluate(value, scope));
const evaluateList = (value: unknown, scope: EvaluationScope): unknown[] => nonEmptyList.parse(evaluate(value, scope));

const conditionOf = (value: unknown, scope: EvaluationScope): boolean => z.boolean().parse(evaluate(value, scope));

const attributeOf: Intrinsic = (argument, scope) => {
  const [logicalId, ...attribute] = typeof argument === 'string' ? argument.split('.') : z.tuple([z.string(), z.unknown()]).parse(argument);
  return scope.attribute(z.string().parse(logicalId), attribute.map((part) => evaluateText(part, scope)).join('.'));
};

const substitute: Intrinsic = (argument, scope) => {
  const [template, variables] = typeof argument === 'string' ? [argument, {}] : z.tuple([z.string(), z.record(z.string(), z.unknown())]).parse(argument);
  return template.replaceAll(/\$\{([^}]+)\}/g, (_, expression: string) => {
    const name = expression.trim();
    if (name.startsWith('!')) return `\${${name.slice(1)}}`;
    if (name in variables) return evaluateText(variables[name], scope);
    return text.parse(name.includes('.') ? attributeOf(name, scope) : scope.ref(name));
  });
};

const select: Intrinsic = (argument, scope) => {
  const [index, list] = z.tuple([z.unknown(), z.unknown()]).parse(argument);
  const items = evaluateList(list, scope);
  const position = Number(evaluateText(index, scope));
  if (!(position in items)) throw new RangeError(`Fn::Select: index ${position} is outside a list of ${items.length}`);
  return items[position];
};

const choose: Intrinsic = (argument, scope) => {
  const [condition, whenTrue, whenFalse] = z.tuple([z.string(), z.unknown(), z.unknown()]).parse(argument);
  return evaluate(scope.condition(condition) ? whenTrue : whenFalse, scope);
};

const pair = (argument: unknown): [unknown, unknown] => z.tuple([z.unknown(), z.unknown()]).parse(argument);

const intrinsics: Readonly<Record<string, Intrinsic>> = {
  Ref: (argument, scope) => (argument === 'AWS::NoValue' ? noValue : scope.ref(z.string().parse(argument))),
  'Fn::GetAtt': attributeOf,
  'Fn::Sub': substitute,
  'Fn::Join': (argument, scope) => {
    const [separator, list] = pair(argument);
    return evaluateList(list, scope).map((item) => text.parse(item)).join(z.string().parse(separator));
  },
  'Fn::Split': (argument, scope) => {
    const [separator, source] = pair(argument);
    return evaluateText(source, scope).split(z.string().parse(separator));
  },
  'Fn::Select': select,
  'Fn::If': choose,
  'Fn::FindInMap': (argument, scope) => {
    const [map, first, second] = z.tuple([z.unknown(), z.unknown(), z.unknown()]).parse(argument);
    return scope.mapping(evaluateText(map, scope), evaluateText(first, scope), evaluateText(second, scope));
  },
  'Fn::Base64': (argument, scope) => Buffer.from(evaluateText(argument, scope)).toString('base64'),
  'Fn::ImportValue': (argument, scope) => scope.importValue(evaluateText(argument, scope)),
  'Fn::Equals': (argument, scope) => {
    const [left, right] = pair(argument);
    return evaluateText(left, scope) === evaluateText(right, scope);
  },
  'Fn::Not': (argument, scope) => !conditionOf(z.tuple([z.unknown()]).parse(argument)[0], scope),
  'Fn::And': (argument, scope) => nonEmptyList.parse(argument).every((item) => conditionOf(item, scope)),
  'Fn::Or': (argument, scope) => nonEmptyList.parse(argument).some((item) => conditionOf(item, scope)),
  Condition: (argument, scope) => scope.condition(z.string().parse(argument)),
};

const intrinsicCall = (value: object): [string, unknown] | undefined => {
  const entries = Object.entries(value);
  const [first] = entries;
  if (entries.length !== 1 || !first) return undefined;
  if (first[0] in intrinsics && (first[0] !== 'Condition' || typeof first[1] === 'string')) return first;
  if (first[0].startsWith('Fn::')) throw new Error(`${first[0]} is not implemented: known are ${Object.keys(intrinsics).join(', ')}`);
  return undefined;
};

/** Evaluates a template value: intrinsic functions are applied, `AWS::NoValue` removes the property or item that holds it. */
export const evaluate = (value: unknown, scope: EvaluationScope): unknown => {
  if (Array.isArray(value)) return value.map((item) => evaluate(item, scope)).filter((item) => item !== noValue);
  if (typeof value !== 'object' || value === null) return value;
  const call = intrinsicCall(value);
  if (call) return intrinsics[call[0]]?.(call[1], scope);
  const evaluated = Object.entries(value).map(([key, item]) => [key, evaluate(item, scope)] as const);
  return Object.fromEntries(evaluated.filter(([, item]) => item !== noValue));
};
