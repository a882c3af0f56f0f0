// The one file that touches the SDK's internals: its operation schemas and its XML and CBOR codecs.
import { XmlCodec } from '@aws-sdk/core/protocols';
import { CborCodec } from '@smithy/core/cbor';
import { NormalizedSchema } from '@smithy/core/schema';
import { z } from 'zod';

/** The schema of a value: its type, traits and members. */
export type Shape = NormalizedSchema;

/** One operation as the SDK describes it. */
export interface OperationShape {
  readonly name: string;
  readonly input: Shape;
  readonly output: Shape;
  /** Method, path with labels, and status of success, where the service is REST. */
  readonly http?: readonly [method: string, path: string, status: number];
}

/** An error as the SDK describes it. */
export interface ErrorShape {
  readonly shape: Shape;
  readonly fault: 'client' | 'server';
  readonly statusCode: number;
  /** Its name in the query protocol, where that differs. */
  readonly queryCode?: string;
}

/** What an SDK module says of its service. */
export interface SdkDescription {
  /** `restJson1`, `restXml`, `awsJson1_0`, `awsJson1_1`, `awsQuery`. */
  readonly protocol: string;
  readonly xmlNamespace: string;
  readonly operations: ReadonlyMap<string, OperationShape>;
  readonly errors: ReadonlyMap<string, ErrorShape>;
}

const clientSchema = z.object({
  config: z.object({
    protocol: z.object({ getShapeId: z.custom<() => string>((value) => typeof value === 'function') }),
    protocolSettings: z.object({ xmlNamespace: z.string().default('') }),
  }),
});

type SchemaRef = Parameters<typeof NormalizedSchema.of>[0];
type StaticErrorSchema = Extract<SchemaRef, readonly [-3, ...unknown[]]>;

const isOperation = (value: unknown): value is [9, string, string, unknown, SchemaRef, SchemaRef] => Array.isArray(value) && value[0] === 9;

const isError = (value: unknown): value is StaticErrorSchema => Array.isArray(value) && value[0] === -3;

const operationTraitsSchema = z.object({ http: z.tuple([z.string(), z.string(), z.number()]) });

const errorTraitsSchema = z.object({
  error: z.enum(['client', 'server']).default('client'),
  httpError: z.number().optional(),
  awsQueryError: z.tuple([z.string(), z.number()]).optional(),
});

const operationShape = ([, , name, traits, input, output]: [9, string, string, unknown, SchemaRef, SchemaRef]): OperationShape => {
  const http = operationTraitsSchema.safeParse(traits).data?.http;
  return { name, input: NormalizedSchema.of(input), output: NormalizedSchema.of(output), ...(http && { http }) };
};

const errorShape = (schema: StaticErrorSchema): ErrorShape => {
  const { error, httpError, awsQueryError } = errorTraitsSchema.parse(typeof schema[3] === 'object' ? schema[3] : {});
  const statusCode = httpError ?? (error === 'client' ? 400 : 500);
  return { shape: NormalizedSchema.of(schema), fault: error, statusCode, ...(awsQueryError && { queryCode: awsQueryError[0] }) };
};

/** Reads an SDK module: its protocol from the client that it exports, its operations and errors from their schemas. */
export const describeSdk = (sdk: Readonly<Record<string, unknown>>): SdkDescription => {
  const [, client] = Object.entries(sdk).find(([name, value]) => /^[A-Z]\w*Client$/.test(name) && typeof value === 'function') ?? [];
  if (typeof client !== 'function') throw new TypeError(`an SDK module exports one class <Service>Client, got: ${Object.keys(sdk).slice(0, 5).join(', ')}…`);
  const { config } = clientSchema.parse(Reflect.construct(client, [{ region: 'us-east-1' }]));
  const schemas = Object.values(sdk);
  return {
    protocol: config.protocol.getShapeId().replace('aws.protocols#', ''),
    xmlNamespace: config.protocolSettings.xmlNamespace,
    operations: new Map(schemas.filter(isOperation).map((schema) => [schema[2], operationShape(schema)])),
    errors: new Map(schemas.filter(isError).map((schema) => [schema[2], errorShape(schema)])),
  };
};

/** The names of a structure's required members. */
export const requiredMembers = (shape: Shape): readonly string[] => {
  const schema = shape.getSchema();
  if (!Array.isArray(schema) || !Array.isArray(schema[4])) return [];
  const count: unknown = schema[6];
  return typeof count === 'number' ? schema[4].slice(0, count).map(String) : [];
};

/** A structure's members, by name. */
export const membersOf = (shape: Shape): (readonly [name: string, member: Shape])[] => (shape.isStructSchema() ? [...shape.structIterator()] : []);

const xmlCodec = (xmlNamespace: string): XmlCodec =>
  new XmlCodec({ timestampFormat: { useTrait: true, default: 5 }, httpBindings: true, xmlNamespace, serviceNamespace: '' });

/** Reads an XML document of the given shape. Throws when it is not well formed or a value does not parse. */
export const readXml = (shape: Shape, body: Buffer): unknown => xmlCodec('').createDeserializer().read(shape, body);

/** Writes a structure as an XML document whose root is the shape's own name. */
export const writeXml = (shape: Shape, value: object, xmlNamespace: string): string => {
  const serializer = xmlCodec(xmlNamespace).createSerializer();
  serializer.write(shape, value);
  return String(serializer.flush());
};

/** Reads a CBOR value of the given shape. Throws when it is not well formed. */
export const readCbor = (shape: Shape, body: Buffer): unknown => new CborCodec().createDeserializer().read(shape, body);

// Smithy's own number for a document: any value, as it is.
const documentSchema = 15;

/** Writes a value as CBOR: of the given shape, or as it is. */
export const writeCbor = (value: unknown, shape?: Shape): Uint8Array => {
  const serializer = new CborCodec().createSerializer();
  serializer.write(shape ?? documentSchema, value);
  return serializer.flush();
};
