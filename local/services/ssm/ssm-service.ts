import * as ssm from '@aws-sdk/client-ssm';
import { defineService, type Operations } from '../../gateway/define-service.ts';
import type { CallContext, Permission, SchemaService } from '../../gateway/service.ts';
import { ServiceFault } from '../../gateway/service-fault.ts';
import type { Clock } from '../../runtime/clock.ts';
import type { Collection, StateStore } from '../../runtime/state/collection.ts';

/** What the service is made from. */
export interface SsmServiceDeps {
  readonly state: StateStore;
  readonly clock: Clock;
}

interface ParameterRecord {
  readonly name: string;
  readonly type: 'String' | 'StringList';
  readonly value: string;
  readonly description?: string;
  readonly version: number;
  readonly modifiedAt: number;
}

const standardTierCharacters = 4096;
const largestPage = 10;

const arnOf = (name: string, { region, accountId }: CallContext): string => `arn:aws:ssm:${region}:${accountId}:parameter/${name.replace(/^\//, '')}`;

const permission = (action: string, names: readonly string[], context: CallContext): Permission[] => [
  { action: `ssm:${action}`, resources: names.map((name) => arnOf(name, context)) },
];

const parameterOf = (record: ParameterRecord, context: CallContext): ssm.Parameter => ({
  Name: record.name,
  Type: record.type,
  Value: record.value,
  Version: record.version,
  LastModifiedDate: new Date(record.modifiedAt),
  ARN: arnOf(record.name, context),
  DataType: 'text',
});

const storedType = (type: string | undefined): ParameterRecord['type'] => {
  if (type === 'String' || type === 'StringList') return type;
  throw new ServiceFault('ValidationException', `parameter type ${type ?? '(none)'} is not implemented: allowed are String, StringList`);
};

const putOperation = (parameters: Collection<ParameterRecord>, { clock }: SsmServiceDeps): Operations<typeof ssm> => ({
  PutParameter: {
    permissions: ({ Name }, context) => permission('PutParameter', [Name], context),
    handle: ({ Name, Value, Type, Overwrite, Description }) => {
      const known = parameters.get(Name);
      if (known && !Overwrite) {
        throw new ssm.ParameterAlreadyExists({ message: 'The parameter already exists. To overwrite this value, set the overwrite option in the request to true.', $metadata: {} });
      }
      if (!/^[a-zA-Z0-9_.\-/]{1,1011}$/.test(Name)) throw new ServiceFault('ValidationException', `Parameter name: can't be "${Name}": allowed are letters, digits and _.-/`);
      if (Value.length === 0 || Value.length > standardTierCharacters) {
        throw new ServiceFault('ValidationException', `Standard tier parameters support a maximum parameter value of ${standardTierCharacters} characters and at least one, got ${Value.length}.`);
      }
      const version = (known?.version ?? 0) + 1;
      const type = storedType(Type ?? known?.type);
      parameters.put(Name, { name: Name, type, value: Value, version, modifiedAt: clock.now(), ...(Description !== undefined && { description: Description }) });
      return { Version: version, Tier: 'Standard' };
    },
  },
  DeleteParameter: {
    permissions: ({ Name }, context) => permission('DeleteParameter', [Name], context),
    handle: ({ Name }) => {
      if (!parameters.get(Name)) throw new ssm.ParameterNotFound({ message: `Parameter ${Name} not found.`, $metadata: {} });
      parameters.delete(Name);
      return {};
    },
  },
});

const getOperations = (parameters: Collection<ParameterRecord>): Operations<typeof ssm> => ({
  GetParameter: {
    permissions: ({ Name }, context) => permission('GetParameter', [Name], context),
    handle: ({ Name }, context) => {
      const record = parameters.get(Name);
      if (!record) throw new ssm.ParameterNotFound({ message: `Parameter ${Name} not found.`, $metadata: {} });
      return { Parameter: parameterOf(record, context) };
    },
  },
  GetParameters: {
    permissions: ({ Names }, context) => permission('GetParameters', Names, context),
    handle: ({ Names }, context) => ({
      Parameters: Names.flatMap((name) => parameters.get(name) ?? []).map((record) => parameterOf(record, context)),
      InvalidParameters: Names.filter((name) => !parameters.get(name)),
    }),
  },
  GetParametersByPath: {
    permissions: ({ Path }, context) => permission('GetParametersByPath', [Path.replace(/\/$/, '')], context),
    handle: ({ Path, Recursive, MaxResults = largestPage, NextToken }, context) => {
      if (!Path.startsWith('/')) throw new ServiceFault('ValidationException', `The parameter path must begin with /, got "${Path}".`);
      if (MaxResults < 1 || MaxResults > largestPage) throw new ServiceFault('ValidationException', `MaxResults must be 1 to ${largestPage}, got ${MaxResults}.`);
      const prefix = Path.endsWith('/') ? Path : `${Path}/`;
      const found = [...parameters.values()]
        .filter(({ name }) => name.startsWith(prefix) && (Recursive === true || !name.slice(prefix.length).includes('/')))
        .toSorted((a, b) => (a.name < b.name ? -1 : 1));
      const from = NextToken === undefined ? 0 : found.findIndex(({ name }) => name > Buffer.from(NextToken, 'base64url').toString());
      const page = from < 0 ? [] : found.slice(from, from + MaxResults);
      const last = page.at(-1);
      const more = last !== undefined && last !== found.at(-1);
      return { Parameters: page.map((record) => parameterOf(record, context)), ...(more && { NextToken: Buffer.from(last.name).toString('base64url') }) };
    },
  },
});

/** Systems Manager's Parameter Store: plain parameters of the standard tier. */
export const createSsmService = (deps: SsmServiceDeps): SchemaService => {
  const parameters = deps.state.collection<ParameterRecord>('ssm/parameters');
  return defineService('ssm', ssm, { ...putOperation(parameters, deps), ...getOperations(parameters) });
};
