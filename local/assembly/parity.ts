import type { PropertyStance } from './resource-provider.ts';

/** How far local mode follows AWS in one thing, for docs/local-parity.md. */
export interface ParityNote {
  /** A service's signing name (`cloudfront`) or a resource type (`AWS::CloudFront::Distribution`). */
  readonly subject: string;
  /** An operation, a property path (`DistributionConfig.PriceClass`) or a behaviour in a few words. */
  readonly item: string;
  /** `enforced`: as on AWS. `inert`: accepted without effect. `refused`: an error that says so. */
  readonly stance: 'enforced' | 'inert' | 'refused';
  /** Why, for what is not enforced. */
  readonly reason?: string;
}

/** A service's operations, for the parity page. */
export interface ParityService {
  readonly signingName: string;
  /** Names of the operations that are served. */
  readonly operations: readonly string[];
  /** How many operations the service has on AWS; absent where it is not known. */
  readonly operationsOnAws?: number;
}

/** A resource type's properties, for the parity page. */
export interface ParityResource {
  readonly type: string;
  readonly properties: Readonly<Record<string, PropertyStance>>;
}

/** All that the parity page tells. */
export interface ParityFacts {
  readonly services: readonly ParityService[];
  readonly resources: readonly ParityResource[];
  readonly notes: readonly ParityNote[];
}

interface SchemaBackedService {
  readonly signingName: string;
  readonly sdk: Readonly<Record<string, unknown>>;
  readonly operations: Readonly<Record<string, unknown>>;
}

/** The operations of a service that is decoded from its SDK's schemas; the SDK's commands tell how many AWS has. */
export const parityOfSchemaService = ({ signingName, sdk, operations }: SchemaBackedService): ParityService => ({
  signingName,
  operations: Object.keys(operations),
  operationsOnAws: Object.keys(sdk).filter((name) => /^[A-Z].*Command$/.test(name)).length,
});

const byName = (left: string, right: string): number => (left < right ? -1 : left > right ? 1 : 0);

const cell = (text: string): string => text.replaceAll('|', '\\|').replaceAll('\n', ' ');

const row = (...cells: readonly string[]): string => `| ${cells.map(cell).join(' | ')} |`;

const table = (heading: readonly string[], rows: readonly string[]): string => [row(...heading), row(...heading.map(() => '---')), ...rows].join('\n');

const serviceRow = ({ signingName, operations, operationsOnAws }: ParityService): string => {
  const others = operationsOnAws === undefined ? 'all others' : String(Math.max(0, operationsOnAws - operations.length));
  return row(signingName, [...operations].sort(byName).join(', '), others);
};

const resourceRows = ({ type, properties }: ParityResource): readonly string[] => {
  const names = Object.keys(properties).sort(byName);
  const enforced = names.filter((name) => properties[name] === 'enforced');
  const inert = names.flatMap((name) => {
    const stance = properties[name];
    if (stance === undefined || stance === 'enforced') return [];
    return [row(type, name, 'inert', 'inert' in stance ? stance.inert : `kept and described: ${stance.kept}`)];
  });
  return [...(enforced.length > 0 ? [row(type, enforced.join(', '), 'enforced', '')] : []), ...inert];
};

const noteRow = ({ subject, item, stance, reason }: ParityNote): string => row(subject, item, stance, reason ?? '');

const assertReasons = ({ services, notes }: ParityFacts): void => {
  const silent = services.find(({ signingName }) => !notes.some(({ subject }) => subject === signingName));
  if (silent) throw new Error(`parity: nothing is told of how ${silent.signingName} behaves: add notes with this subject beside the service.`);
  const bare = notes.find(({ stance, reason }) => stance !== 'enforced' && (reason ?? '') === '');
  if (bare) throw new Error(`parity: ${bare.subject}, ${bare.item} is ${bare.stance} without a reason: say why in its note.`);
};

/**
 * Renders docs/local-parity.md. Its order does not depend on the order of the facts, so that it changes only when they do.
 * Throws when a note is inert or refused without a reason, or a service has no notes.
 */
export const renderParityPage = (facts: ParityFacts): string => {
  assertReasons(facts);
  const { services, resources, notes } = facts;
  const sortedNotes = [...notes].sort((left, right) => byName(left.subject, right.subject) || byName(left.item, right.item));
  return `${[
    '# How far local mode follows AWS',
    'Generated from the code by `npm run docs:write`; do not edit. *Enforced*: as on AWS. *Inert*: accepted without effect, for the reason given. *Refused*: an error that says so.',
    '## Operations',
    'An operation that is not served answers 501 and its name; the last column counts them.',
    table(['service', 'served', 'refused'], [...services].sort((left, right) => byName(left.signingName, right.signingName)).map(serviceRow)),
    '## Resource types',
    'Templates are deployed through the same operations. A type or a property that is not here fails the start with its name. What a service makes of the properties inside of an enforced one is told below.',
    table(['type', 'property', 'stance', 'reason'], [...resources].sort((left, right) => byName(left.type, right.type)).flatMap(resourceRows)),
    '## Behaviour',
    table(['subject', 'what', 'stance', 'reason'], sortedNotes.map(noteRow)),
  ].join('\n\n')}\n`;
};
