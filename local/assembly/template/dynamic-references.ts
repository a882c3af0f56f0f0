/** What a dynamic reference to a secret names. Without stage and version it means the current one. */
export interface SecretReference {
  /** A name or an ARN. */
  readonly secretId: string;
  /** The key of the secret's JSON; absent = the whole string. */
  readonly jsonKey?: string;
  readonly versionStage?: string;
  readonly versionId?: string;
}

/** Reads the value that a reference names. Rejects with what is missing. */
export type SecretReader = (reference: SecretReference) => Promise<string>;

const anyReference = /\{\{resolve:[^}]*\}\}/g;

// An ARN has colons of its own; everything after the literal has none.
const secretReference = /^\{\{resolve:secretsmanager:(.+?)(?::SecretString(?::([^:]*))?(?::([^:]*))?(?::([^:]*))?)?\}\}$/;

/** What the text `{{resolve:secretsmanager:…}}` names. @throws Error for references to anything else */
const parseReference = (text: string): SecretReference => {
  const [, secretId, jsonKey, versionStage, versionId] = secretReference.exec(text) ?? [];
  if (secretId === undefined) throw new Error(`dynamic reference ${text} is not implemented in local mode: known is {{resolve:secretsmanager:<id>:SecretString:<key>:<stage>:<version>}}`);
  return { secretId, ...(jsonKey && { jsonKey }), ...(versionStage && { versionStage }), ...(versionId && { versionId }) };
};

const resolveText = async (text: string, read: SecretReader): Promise<string> => {
  const found = [...new Set(text.match(anyReference) ?? [])];
  const values = await Promise.all(found.map(async (reference) => [reference, await read(parseReference(reference))] as const));
  return values.reduce((resolved, [reference, value]) => resolved.replaceAll(reference, () => value), text);
};

const resolveMembers = async (value: Readonly<Record<string, unknown>>, read: SecretReader): Promise<Record<string, unknown>> =>
  Object.fromEntries(await Promise.all(Object.entries(value).map(async ([key, item]) => [key, await resolveValue(item, read)] as const)));

const isRecord = (value: unknown): value is Readonly<Record<string, unknown>> => typeof value === 'object' && value !== null;

const resolveValue = async (value: unknown, read: SecretReader): Promise<unknown> => {
  if (typeof value === 'string') return resolveText(value, read);
  if (Array.isArray(value)) return Promise.all(value.map((item) => resolveValue(item, read)));
  return isRecord(value) ? resolveMembers(value, read) : value;
};

/**
 * Evaluated properties with every reference to a secret replaced by its value, as CloudFormation does when it creates or
 * changes a resource, and only then: a resource whose template has not changed keeps the value of its last change.
 * @throws Error for references to anything else
 */
export const resolveDynamicReferences = (properties: Readonly<Record<string, unknown>>, read: SecretReader): Promise<Record<string, unknown>> => resolveMembers(properties, read);
