import { z } from 'zod';
import type { Json } from '../../../runtime/state/collection.ts';
import { parseExpression } from './intrinsic.ts';
import { isArray, isJson, isObject } from './json.ts';
import { isReferencePath, parsePath } from './path.ts';
import { timestampOf } from './comparison.ts';

const json = z.custom<Json>(isJson, 'must be JSON');

const explained = (check: (text: string) => void) => (context: z.core.ParsePayload<string>): void => {
  try {
    check(context.value);
  } catch (cause) {
    context.issues.push({ code: 'custom', message: cause instanceof Error ? cause.message : String(cause), input: context.value });
  }
};
const path = z.string().check(explained((text) => void parsePath(text)));
const referencePath = z.string().check(explained((text) => {
  if (parsePath(text).ofContext || !isReferencePath(parsePath(text))) throw new SyntaxError(`path ${text} can select more than one value, or the context object: use members and indexes only`);
}));

const checkTemplate = (value: unknown): void => {
  if (isJson(value) && isArray(value)) value.forEach(checkTemplate);
  if (!isObject(value)) return;
  for (const [name, member] of Object.entries(value)) {
    if (!name.endsWith('.$')) checkTemplate(member);
    else if (typeof member !== 'string') throw new SyntaxError(`"${name}" must be a path or an intrinsic function, got ${JSON.stringify(member)}`);
    else parseExpression(member);
  }
};
const template = json.check((context) => {
  try {
    checkTemplate(context.value);
  } catch (cause) {
    context.issues.push({ code: 'custom', message: cause instanceof Error ? cause.message : String(cause), input: context.value });
  }
});

const errorNames = z.array(z.string().min(1)).min(1);
const seconds = z.int().min(1).max(99_999_999);

const retrier = z.strictObject({
  ErrorEquals: errorNames,
  IntervalSeconds: seconds.default(1),
  MaxAttempts: z.int().min(0).max(99_999_999).default(3),
  BackoffRate: z.number().min(1).default(2),
  MaxDelaySeconds: z.int().min(1).max(31_622_400).optional(),
  JitterStrategy: z.enum(['FULL', 'NONE']).default('NONE'),
  Comment: z.string().optional(),
});
const catcher = z.strictObject({ ErrorEquals: errorNames, Next: z.string(), ResultPath: referencePath.nullable().optional(), Comment: z.string().optional() });

const common = { Comment: z.string().optional(), QueryLanguage: z.literal('JSONPath').optional() };
const filters = { InputPath: path.nullable().optional(), OutputPath: path.nullable().optional() };
const transition = { Next: z.string().optional(), End: z.boolean().optional() };
const working = {
  Parameters: template.optional(),
  ResultSelector: template.optional(),
  ResultPath: referencePath.nullable().optional(),
  Retry: z.array(retrier).default([]),
  Catch: z.array(catcher).default([]),
};

const task = z.strictObject({
  Type: z.literal('Task'), ...common, ...filters, ...transition, ...working, Resource: z.string(),
  TimeoutSeconds: seconds.optional(), TimeoutSecondsPath: path.optional(), HeartbeatSeconds: seconds.optional(), HeartbeatSecondsPath: path.optional(),
});
const pass = z.strictObject({ Type: z.literal('Pass'), ...common, ...filters, ...transition, Parameters: template.optional(), Result: json.optional(), ResultPath: referencePath.nullable().optional() });
const wait = z.strictObject({
  Type: z.literal('Wait'), ...common, ...filters, ...transition, Seconds: z.int().min(0).max(99_999_999).optional(), SecondsPath: path.optional(),
  Timestamp: z.string().refine((text) => timestampOf(text) !== undefined, 'must be an RFC 3339 timestamp').optional(), TimestampPath: path.optional(),
});
const choice = z.strictObject({ Type: z.literal('Choice'), ...common, ...filters, Choices: z.array(json).min(1), Default: z.string().optional() });
const succeed = z.strictObject({ Type: z.literal('Succeed'), ...common, ...filters });
const failText = z.string().check(explained((text) => void parseExpression(text)));
const fail = z.strictObject({ Type: z.literal('Fail'), ...common, Error: z.string().optional(), ErrorPath: failText.optional(), Cause: z.string().optional(), CausePath: failText.optional() });
const parallel = z.strictObject({ Type: z.literal('Parallel'), ...common, ...filters, ...transition, ...working, Branches: z.array(json).min(1) });
const map = z.strictObject({
  Type: z.literal('Map'), ...common, ...filters, ...transition, ...working,
  ItemsPath: path.optional(), ItemSelector: template.optional(), ItemProcessor: json.optional(), Iterator: json.optional(), MaxConcurrency: z.int().min(0).default(0),
});

/** What a state of each type may hold. Branches, processors and Choice rules are checked apart. */
export const stateSchemas = { Task: task, Pass: pass, Wait: wait, Choice: choice, Succeed: succeed, Fail: fail, Parallel: parallel, Map: map };

export type StateType = keyof typeof stateSchemas;
export type ParsedState = z.infer<(typeof stateSchemas)[StateType]>;
export type Retrier = z.infer<typeof retrier>;
