import {
  type CreateFunctionCommandInput,
  type DeleteFunctionCommandInput,
  FunctionAlreadyExists,
  type FunctionConfig,
  FunctionInUse,
  FunctionSizeLimitExceeded,
  InvalidArgument,
  type ListFunctionsCommandInput,
  type PublishFunctionCommandInput,
  type UpdateFunctionCommandInput,
} from '@aws-sdk/client-cloudfront';
import { Uint8ArrayBlobAdapter } from '@smithy/core/serde';
import { anyResource, type CloudFrontOperations, cloudFrontOperation } from '../cloudfront-operation.ts';
import type { FunctionRecord, FunctionStageRecord } from '../cloudfront-state.ts';
import type { CloudFrontWorld } from '../cloudfront-world.ts';
import { newEntityTag, requireMatch } from '../entity-tag.ts';
import { assertQuantities } from '../quantities.ts';
import { putTags } from '../tags.ts';
import { functionArn, functionSummary, requireFunction, requireStage } from './function-lookup.ts';

/** https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const maximumCodeBytes = 10 * 1024;

const stageOf = (world: CloudFrontWorld, config: FunctionConfig | undefined, code: Uint8Array | undefined): FunctionStageRecord => {
  if (!config || !code || code.byteLength === 0) throw new InvalidArgument({ message: 'FunctionConfig and FunctionCode are required.', $metadata: {} });
  if (code.byteLength > maximumCodeBytes) {
    throw new FunctionSizeLimitExceeded({ message: `The function's code has ${code.byteLength} bytes, at most ${maximumCodeBytes} are allowed.`, $metadata: {} });
  }
  if (config.Runtime !== 'cloudfront-js-2.0') {
    throw new InvalidArgument({ message: `Runtime is ${config.Runtime ?? ''}, local mode runs cloudfront-js-2.0.`, $metadata: {} });
  }
  assertQuantities(config, 'FunctionConfig');
  assertStores(world, config);
  return { etag: newEntityTag(world), config, code: Buffer.from(code).toString('base64'), modifiedAt: world.clock.now() };
};

const assertStores = (world: CloudFrontWorld, config: FunctionConfig): void => {
  const stores = config.KeyValueStoreAssociations?.Items ?? [];
  if (stores.length > 1) throw new InvalidArgument({ message: `${stores.length} key value stores, a function may have one.`, $metadata: {} });
  for (const { KeyValueStoreARN } of stores) {
    const isKnown = [...world.state.keyValueStores.values()].some(({ id }) => KeyValueStoreARN?.endsWith(`:key-value-store/${id}`));
    if (!isKnown) throw new InvalidArgument({ message: `The key value store ${KeyValueStoreARN ?? ''} does not exist.`, $metadata: {} });
  }
};

const create = (world: CloudFrontWorld, input: CreateFunctionCommandInput) => {
  const name = input.Name ?? '';
  if (!/^[a-zA-Z0-9-_]{1,64}$/.test(name)) throw new InvalidArgument({ message: `Function name is "${name}", expected 1 to 64 letters, digits, - and _.`, $metadata: {} });
  if (world.state.functions.get(name)) throw new FunctionAlreadyExists({ message: `A function named ${name} exists already.`, $metadata: {} });
  const record: FunctionRecord = { name, createdAt: world.clock.now(), development: stageOf(world, input.FunctionConfig, input.FunctionCode) };
  world.state.functions.put(name, record);
  putTags(world, functionArn(world, name), input.Tags?.Items ?? []);
  return { FunctionSummary: functionSummary(world, record, 'DEVELOPMENT'), ETag: record.development.etag, Location: `https://cloudfront.amazonaws.com/2020-05-31/function/${name}` };
};

const update = (world: CloudFrontWorld, input: UpdateFunctionCommandInput) => {
  const record = requireFunction(world, input.Name);
  requireMatch(input.IfMatch, record.development.etag, `function ${record.name}`);
  const next = { ...record, development: stageOf(world, input.FunctionConfig, input.FunctionCode) };
  world.state.functions.put(record.name, next);
  return { FunctionSummary: functionSummary(world, next, 'DEVELOPMENT'), ETag: next.development.etag };
};

const publish = (world: CloudFrontWorld, input: PublishFunctionCommandInput) => {
  const record = requireFunction(world, input.Name);
  requireMatch(input.IfMatch, record.development.etag, `function ${record.name}`);
  const next = { ...record, live: { ...record.development, modifiedAt: world.clock.now() } };
  world.state.functions.put(record.name, next);
  return { FunctionSummary: functionSummary(world, next, 'LIVE') };
};

const isAssociated = (world: CloudFrontWorld, name: string): boolean =>
  [...world.state.distributions.values()].some(({ config }) =>
    [...(config.DefaultCacheBehavior ? [config.DefaultCacheBehavior] : []), ...(config.CacheBehaviors?.Items ?? [])].some((behaviour) =>
      (behaviour.FunctionAssociations?.Items ?? []).some(({ FunctionARN }) => FunctionARN === functionArn(world, name)),
    ),
  );

const remove = (world: CloudFrontWorld, input: DeleteFunctionCommandInput) => {
  const record = requireFunction(world, input.Name);
  requireMatch(input.IfMatch, record.development.etag, `function ${record.name}`);
  if (isAssociated(world, record.name)) throw new FunctionInUse({ message: `The function ${record.name} is associated with a distribution.`, $metadata: {} });
  world.state.functions.delete(record.name);
  return {};
};

const list = (world: CloudFrontWorld, { Stage }: ListFunctionsCommandInput) => {
  const records = [...world.state.functions.values()].filter((record) => Stage !== 'LIVE' || record.live !== undefined);
  return { FunctionList: { MaxItems: 100, Quantity: records.length, Items: records.map((record) => functionSummary(world, record, Stage ?? 'DEVELOPMENT')) } };
};

/** Operations on functions of the edge. */
export const functionOperations = (world: CloudFrontWorld): CloudFrontOperations => {
  const one = ({ Name }: { readonly Name?: string | undefined }): readonly string[] => [functionArn(world, Name ?? '')];
  return {
    CreateFunction: cloudFrontOperation('CreateFunction', one, (input) => create(world, input)),
    UpdateFunction: cloudFrontOperation('UpdateFunction', one, (input) => update(world, input)),
    PublishFunction: cloudFrontOperation('PublishFunction', one, (input) => publish(world, input)),
    DescribeFunction: cloudFrontOperation('DescribeFunction', one, (input) => {
      const record = requireFunction(world, input.Name);
      const stage = input.Stage ?? 'DEVELOPMENT';
      return { FunctionSummary: functionSummary(world, record, stage), ETag: requireStage(record, stage).etag };
    }),
    GetFunction: cloudFrontOperation('GetFunction', one, (input) => {
      const stage = requireStage(requireFunction(world, input.Name), input.Stage ?? 'DEVELOPMENT');
      return { FunctionCode: new Uint8ArrayBlobAdapter(Buffer.from(stage.code, 'base64')), ETag: stage.etag, ContentType: 'application/octet-stream' };
    }),
    ListFunctions: cloudFrontOperation('ListFunctions', anyResource, (input) => list(world, input)),
    DeleteFunction: cloudFrontOperation('DeleteFunction', one, (input) => remove(world, input)),
  };
};
