import { createHash } from 'node:crypto';
import { z } from 'zod';

/** Evaluated properties of a resource, as CloudFormation names them. */
export type Properties = Readonly<Record<string, unknown>>;

/** What a resource is known by after its creation: what Ref gives, and what Fn::GetAtt gives by attribute. */
export interface DeployedResource {
  readonly physicalId: string;
  readonly attributes: Readonly<Record<string, string>>;
}

/** Where a resource is created. */
export interface ResourceContext {
  readonly stackName: string;
  readonly logicalId: string;
  readonly accountId: string;
  readonly region: string;
}

/** What becomes of a property: handed to the service and `enforced`, handed to it and only `kept`, or `inert`: dropped. The latter two for a reason. */
export type PropertyStance = 'enforced' | { readonly kept: string } | { readonly inert: string };

/** Creates resources of one CloudFormation type through the service's own API. */
export interface ResourceProvider {
  readonly type: string;
  /** Every property that a template may set. Others are refused. */
  readonly properties: Readonly<Record<string, PropertyStance>>;
  /** Takes the properties that are enforced or kept. */
  create(properties: Properties, context: ResourceContext): Promise<DeployedResource>;
  /** Puts CloudFormation's own tags on what was created. Absent = CloudFormation has none for this type, or nothing local keeps them. */
  tagAsPartOfStack?(resource: DeployedResource, tags: Readonly<Record<string, string>>): void;
  /** Changes a resource in place. Absent = a change needs a fresh data folder. */
  update?(resource: DeployedResource, properties: Properties, context: ResourceContext): Promise<DeployedResource>;
}

/** Marks properties that are used. */
export const enforced = <Name extends string>(...names: readonly Name[]): Record<Name, 'enforced'> =>
  z.custom<Record<Name, 'enforced'>>().parse(Object.fromEntries(names.map((name) => [name, 'enforced'])));

/** Marks properties that the service keeps and returns, without effect. */
export const kept = <Name extends string>(reason: string, ...names: readonly Name[]): Record<Name, { kept: string }> =>
  z.custom<Record<Name, { kept: string }>>().parse(Object.fromEntries(names.map((name) => [name, { kept: reason }])));

/** Marks properties that are dropped. */
export const inert = <Name extends string>(reason: string, ...names: readonly Name[]): Record<Name, { inert: string }> =>
  z.custom<Record<Name, { inert: string }>>().parse(Object.fromEntries(names.map((name) => [name, { inert: reason }])));

/** A command with evaluated properties as its input. The service's own endpoint validates them, as it does everyone's input. */
export const commandOf = <Command>(type: new (input: never) => Command, properties: unknown): Command => new type(z.custom<never>().parse(properties));

/** A member that the service always answers with. */
export const required = <Value>(value: Value | undefined, what: string): Value => {
  if (value === undefined) throw new Error(`the service answered without ${what}`);
  return value;
};

/** A name as CloudFormation makes it for a resource without one: stack, logical id and a suffix that is stable for the two. */
export const generatedName = ({ stackName, logicalId }: ResourceContext, maximumLength: number): string => {
  const suffix = createHash('sha256').update(`${stackName}/${logicalId}`).digest('hex').slice(0, 12);
  return `${`${stackName}-${logicalId}`.slice(0, maximumLength - suffix.length - 1)}-${suffix}`;
};

/** CloudFormation's list of tags as the map that media services take. */
export const tagMap = (tags: unknown): Record<string, string> => {
  if (Array.isArray(tags)) return Object.fromEntries(z.array(z.object({ Key: z.string(), Value: z.string() })).parse(tags).map(({ Key, Value }) => [Key, Value]));
  return z.record(z.string(), z.string()).parse(tags ?? {});
};

/** Why tags have no effect. */
export const tagsAreInert = inert('nothing local reads tags but the services that return them', 'Tags');
