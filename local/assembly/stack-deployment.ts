import { createHash } from 'node:crypto';
import { z } from 'zod';
import type { Collection } from '../runtime/state/collection.ts';
import { runInDependencyOrder } from './in-dependency-order.ts';
import type { DeployedResource, Properties, ResourceContext, ResourceProvider } from './resource-provider.ts';
import type { AssemblyStack } from './template/cloud-assembly.ts';
import { resolveDynamicReferences, type SecretReader } from './template/dynamic-references.ts';
import { evaluate, type EvaluationScope } from './template/intrinsics.ts';
import { referencesOf } from './template/references.ts';
import type { TemplateResource } from './template/template.ts';

/** What is remembered of a resource, so that a restart on the same data keeps it. */
export interface ResourceRecord extends DeployedResource {
  readonly type: string;
  readonly digest: string;
}

/** Where stacks are deployed, and what they are deployed with. */
export interface DeploymentTarget {
  readonly accountId: string;
  readonly region: string;
  readonly providers: ReadonlyMap<string, ResourceProvider>;
  /** By `<stack>/<logicalId>`. */
  readonly resources: Collection<ResourceRecord>;
  /** Exports of the stacks that are deployed. */
  readonly exports: Map<string, unknown>;
  /** Reads the secrets that templates refer to. */
  readonly readSecret: SecretReader;
  /** Called after each resource that was created or changed. */
  onResource?(stackName: string, logicalId: string): void;
}

const freshFolder = 'start with a fresh data folder (--data) or without one';

const digestOf = (properties: unknown): string => createHash('sha256').update(JSON.stringify(properties)).digest('hex');

/** Deploys one stack: creates what its template declares, in dependency order, and answers its outputs. */
export const deployStack = async (stack: AssemblyStack, target: DeploymentTarget): Promise<Record<string, unknown>> => {
  const { stackName, template } = stack;
  const deployed = new Map<string, DeployedResource>();
  const scope = scopeOf(stack, target, deployed);
  const included = Object.entries(template.Resources).filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition));
  rejectRemoved(stackName, new Set(included.map(([id]) => id)), target);
  await runInDependencyOrder(
    included.map(([logicalId, resource]) => ({
      id: logicalId,
      dependsOn: [...resource.DependsOn, ...referencesOf(resource.Properties)],
      run: async () => void deployed.set(logicalId, await deployResource(stackName, logicalId, resource, scope, target)),
    })),
  );
  return outputsOf(stack, scope, target);
};

const rejectRemoved = (stackName: string, present: ReadonlySet<string>, { resources }: DeploymentTarget): void => {
  const removed = [...resources.entries()].map(([key]) => key).filter((key) => key.startsWith(`${stackName}/`) && !present.has(key.slice(stackName.length + 1)));
  if (removed.length > 0) throw new Error(`the templates no longer have ${removed.join(', ')}, which this data folder was made with: ${freshFolder}`);
};

const deployResource = async (stackName: string, logicalId: string, resource: TemplateResource, scope: EvaluationScope, target: DeploymentTarget): Promise<DeployedResource> => {
  const { accountId, region } = target;
  const where = `${stackName}/${logicalId} (${resource.Type})`;
  const provider = target.providers.get(resource.Type);
  if (!provider) throw new Error(`${where}: this resource type is not implemented in local mode`);
  try {
    const properties = usedProperties(provider, z.record(z.string(), z.unknown()).parse(evaluate(resource.Properties, scope)));
    const record = await createOrKeep(provider, properties, { stackName, logicalId, accountId, region }, target);
    target.onResource?.(stackName, logicalId);
    return record;
  } catch (error) {
    throw new Error(`${where}: ${error instanceof Error ? error.message : String(error)}`, { cause: error });
  }
};

const usedProperties = (provider: ResourceProvider, properties: Properties): Properties => {
  const unknown = Object.keys(properties).filter((name) => !(name in provider.properties));
  if (unknown.length > 0) throw new Error(`property ${unknown.join(', ')} is not implemented in local mode: known are ${Object.keys(provider.properties).join(', ')}`);
  return Object.fromEntries(Object.entries(properties).filter(([name]) => !isInert(provider, name)));
};

const isInert = ({ properties }: ResourceProvider, name: string): boolean => {
  const stance = properties[name];
  return typeof stance === 'object' && 'inert' in stance;
};

/** https://docs.aws.amazon.com/AWSCloudFormation/latest/UserGuide/aws-properties-resource-tags.html */
const stackTags = ({ stackName, logicalId, ...owner }: ResourceContext): Readonly<Record<string, string>> => ({
  'aws:cloudformation:stack-name': stackName,
  'aws:cloudformation:stack-id': stackIdOf(stackName, owner),
  'aws:cloudformation:logical-id': logicalId,
});

const created = async (provider: ResourceProvider, properties: Properties, context: ResourceContext): Promise<DeployedResource> => {
  const resource = await provider.create(properties, context);
  provider.tagAsPartOfStack?.(resource, stackTags(context));
  return resource;
};

const createOrKeep = async (provider: ResourceProvider, properties: Properties, context: ResourceContext, { resources, readSecret }: DeploymentTarget): Promise<ResourceRecord> => {
  const key = `${context.stackName}/${context.logicalId}`;
  const digest = digestOf(properties);
  const known = resources.get(key);
  if (known?.digest === digest) return known;
  if (known && !provider.update) throw new Error(`the template has changed since this data folder was made, and it cannot be changed in place: ${freshFolder}`);
  const resolved = await resolveDynamicReferences(properties, readSecret);
  const resource = known && provider.update ? await provider.update(known, resolved, context) : await created(provider, resolved, context);
  const record = { ...resource, type: provider.type, digest };
  resources.put(key, record);
  return record;
};

const scopeOf = ({ stackName, template }: AssemblyStack, target: DeploymentTarget, deployed: ReadonlyMap<string, DeployedResource>): EvaluationScope => {
  const pseudoParameters: Readonly<Record<string, string>> = {
    'AWS::AccountId': target.accountId,
    'AWS::Region': target.region,
    'AWS::Partition': 'aws',
    'AWS::URLSuffix': 'amazonaws.com',
    'AWS::StackName': stackName,
    'AWS::StackId': stackIdOf(stackName, target),
  };
  const find = (logicalId: string): DeployedResource => {
    const resource = deployed.get(logicalId);
    if (!resource) throw new Error(`nothing in ${stackName} is called ${logicalId}`);
    return resource;
  };
  const scope: EvaluationScope = {
    ref: (id) => pseudoParameters[id] ?? template.Parameters[id]?.Default ?? find(id).physicalId,
    attribute: (id, attribute) => {
      const value = find(id).attributes[attribute];
      if (value === undefined) throw new Error(`${id} has no attribute ${attribute}: known are ${Object.keys(find(id).attributes).join(', ')}`);
      return value;
    },
    mapping: (map, first, second) => {
      const value = template.Mappings[map]?.[first]?.[second];
      if (value === undefined) throw new Error(`mapping ${map} has no ${first}.${second}`);
      return value;
    },
    condition: (name) => {
      if (!(name in template.Conditions)) throw new Error(`no condition is called ${name}`);
      return z.boolean().parse(evaluate(template.Conditions[name], scope));
    },
    importValue: (name) => {
      if (!target.exports.has(name)) throw new Error(`no deployed stack exports ${name}`);
      return target.exports.get(name);
    },
  };
  return scope;
};

/** A stack's ARN; the last part is stable for a name. */
export const stackIdOf = (stackName: string, { accountId, region }: Pick<DeploymentTarget, 'accountId' | 'region'>): string => {
  const digest = createHash('sha256').update(stackName).digest('hex');
  const uuid = [digest.slice(0, 8), digest.slice(8, 12), digest.slice(12, 16), digest.slice(16, 20), digest.slice(20, 32)].join('-');
  return `arn:aws:cloudformation:${region}:${accountId}:stack/${stackName}/${uuid}`;
};

const outputsOf = ({ template }: AssemblyStack, scope: EvaluationScope, target: DeploymentTarget): Record<string, unknown> => {
  const included = Object.entries(template.Outputs).filter(([, { Condition }]) => Condition === undefined || scope.condition(Condition));
  return Object.fromEntries(
    included.map(([name, { Value, Export }]) => {
      const value = evaluate(Value, scope);
      if (Export) target.exports.set(z.string().parse(evaluate(Export.Name, scope)), value);
      return [name, value];
    }),
  );
};
