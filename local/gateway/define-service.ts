import type { Operation, SchemaService } from './service.ts';

type SdkModule = Readonly<Record<string, unknown>>;

/** The operations of an SDK module (`typeof import('@aws-sdk/client-ssm')`), by name: `GetParameter`. */
export type OperationName<Sdk> = { [Key in keyof Sdk]: Key extends `${infer Name}Command` ? Name : never }[keyof Sdk];

type Exchange<Sdk, Name extends string> = `${Name}Command` extends keyof Sdk
  ? Sdk[`${Name}Command`] extends abstract new (...input: never[]) => {
      resolveMiddleware(...rest: never[]): (input: { input: infer Input extends object }) => Promise<{ output: infer Output }>;
    }
    ? { input: Input; output: Output }
    : Sdk[`${Name}Command`] extends abstract new (...input: never[]) => { readonly input: infer Input extends object }
      ? { input: Input; output: unknown }
      : never
  : never;

/** What the gateway has checked: required members are there, at every depth, so that their types lose `undefined`. */
export type Checked<Value> = Value extends Date | Uint8Array | ((...rest: never[]) => unknown)
  ? Value
  : Value extends readonly (infer Item)[]
    ? number extends Value['length']
      ? Checked<Item>[]
      : Value
    : Value extends object
      ? { [Key in keyof Value]: Pick<Value, Key> extends Record<Key, unknown> ? Checked<Exclude<Value[Key], undefined>> : Checked<Value[Key]> }
      : Value;

/** The input of an operation as the gateway hands it over: the SDK's own input type with its required members checked. */
export type InputOf<Sdk, Name extends string> = Checked<Exchange<Sdk, Name>['input']>;

/** The output of an operation: the SDK's own output type without metadata. */
export type OutputOf<Sdk, Name extends string> = Omit<Exchange<Sdk, Name>['output'], '$metadata'>;

/** Some operations of a service, typed by the SDK. For services whose operations live in several files. */
export type Operations<Sdk> = { readonly [Name in OperationName<Sdk>]?: Operation<InputOf<Sdk, Name>, OutputOf<Sdk, Name>> };

/**
 * A service whose operations take and return the SDK's own types. Throw the SDK's exceptions
 * (`new NotFoundException({ message, $metadata: {} })`), or a `ServiceFault` where the SDK models none.
 *
 * @example
 * import * as ssm from '@aws-sdk/client-ssm';
 *
 * export const createSsmService = ({ state, clock }: SsmDependencies): LocalService =>
 *   defineService('ssm', ssm, {
 *     GetParameter: {
 *       permissions: (input, { region, accountId }) => [
 *         { action: 'ssm:GetParameter', resources: [`arn:aws:ssm:${region}:${accountId}:parameter${input.Name}`] },
 *       ],
 *       handle: (input) => ({ Parameter: parameters.get(input.Name) }), // input.Name is a string: the gateway checked it
 *     },
 *     ...documentOperations(documents), // in another file: (…): Operations<typeof ssm> => ({ … })
 *   });
 */
export const defineService = <Sdk extends SdkModule>(signingName: string, sdk: Sdk, operations: Operations<Sdk>): SchemaService => ({
  kind: 'schema',
  signingName,
  sdk,
  operations,
});
