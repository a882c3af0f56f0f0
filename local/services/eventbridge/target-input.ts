import type { InputTransformer, Target } from '@aws-sdk/client-eventbridge';
import type { BusEvent } from './bus-event.ts';

/** The value at a path such as `$.detail.list[0].name`; undefined when there is none. */
const valueAt = (path: string, document: unknown): unknown => {
  const steps = [...path.matchAll(/\.([\w-]+)|\[(\d+)\]|\['([^']+)'\]/g)].map(([, name, index, quoted]) => name ?? quoted ?? Number(index));
  return steps.reduce<unknown>((value, step) => (typeof value === 'object' && value !== null ? Object.entries(value).find(([name]) => name === String(step))?.[1] : undefined), document);
};

/** Variables that every template has. */
const reserved = (event: BusEvent, ruleArn: string): Readonly<Record<string, unknown>> => ({
  'aws.events.rule-arn': ruleArn,
  'aws.events.rule-name': ruleArn.split('/').at(-1),
  'aws.events.event.ingestion-time': event.time,
  'aws.events.event': event,
  'aws.events.event.json': event,
});

/** Inside a string of the template a variable is written bare, elsewhere as JSON. Unknown ones are empty, as in EventBridge. */
const fill = (template: string, variables: Readonly<Record<string, unknown>>): string => {
  let inString = false;
  return template.replace(/\\.|"|<([\w.-]+)>/g, (found, name: string | undefined) => {
    if (found === '"') inString = !inString;
    if (name === undefined) return found;
    const value = variables[name];
    if (value === undefined) return '';
    const json = JSON.stringify(value);
    if (!inString) return json;
    return typeof value === 'string' ? json.slice(1, -1) : json.replaceAll('"', '\\"');
  });
};

const transform = ({ InputPathsMap = {}, InputTemplate = '' }: InputTransformer, event: BusEvent, ruleArn: string): string => {
  const own = new Map(Object.entries(InputPathsMap).map(([name, path]) => [name, valueAt(path, event)]));
  return fill(InputTemplate, { ...reserved(event, ruleArn), ...Object.fromEntries(own) });
};

/** What a target receives of an event, as JSON text. */
export const targetInput = ({ Input, InputPath, InputTransformer }: Target, event: BusEvent, ruleArn: string): string => {
  if (Input !== undefined) return Input;
  if (InputTransformer !== undefined) return transform(InputTransformer, event, ruleArn);
  if (InputPath !== undefined && InputPath !== '$') return JSON.stringify(valueAt(InputPath, event) ?? null);
  return JSON.stringify(event);
};
