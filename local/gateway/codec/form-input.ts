import { CodecError } from './codec-error.ts';
import { membersOf, type Shape } from './sdk-schema.ts';
import { readText } from './text-value.ts';

/** A form's parameters as a tree: `Tags.member.1.Key=a` becomes Tags → member → 1 → Key → a. */
interface FormNode {
  text?: string;
  readonly children: Map<string, FormNode>;
}

/** Reads the parameters of an awsQuery request into a tree by their dots. */
export const formTree = (parameters: URLSearchParams): FormNode => {
  const root: FormNode = { children: new Map() };
  for (const [name, text] of parameters) {
    let node = root;
    for (const step of name.split('.')) {
      const next = node.children.get(step) ?? { children: new Map() };
      node.children.set(step, next);
      node = next;
    }
    node.text = text;
  }
  return root;
};

const numbered = (node: FormNode | undefined): FormNode[] =>
  [...(node?.children ?? [])]
    .filter(([step]) => /^\d+$/.test(step))
    .sort(([left], [right]) => Number(left) - Number(right))
    .map(([, child]) => child);

const readMap = (shape: Shape, node: FormNode, path: string): Record<string, unknown> => {
  const flat = shape.getMergedTraits().xmlFlattened === 1;
  const keyName = shape.getKeySchema().getMergedTraits().xmlName ?? 'key';
  const valueName = shape.getValueSchema().getMergedTraits().xmlName ?? 'value';
  return Object.fromEntries(
    numbered(flat ? node : node.children.get('entry')).map((entry) => {
      const key = entry.children.get(keyName)?.text ?? '';
      return [key, readForm(shape.getValueSchema(), entry.children.get(valueName) ?? { children: new Map() }, `${path}.${key}`)];
    }),
  );
};

const readList = (shape: Shape, node: FormNode, path: string): unknown[] => {
  const item = shape.getValueSchema();
  const flat = shape.getMergedTraits().xmlFlattened === 1;
  const items = numbered(flat ? node : node.children.get(item.getMergedTraits().xmlName ?? 'member'));
  return items.map((child, index) => readForm(item, child, `${path}.${index + 1}`));
};

const readMembers = (shape: Shape, node: FormNode, path: string): object => {
  const output: Record<string, unknown> = {};
  for (const [name, member] of membersOf(shape)) {
    const child = node.children.get(member.getMergedTraits().xmlName ?? name);
    if (child) output[name] = readForm(member, child, path === '' ? name : `${path}.${name}`);
  }
  return output;
};

/** The value that an awsQuery form holds (https://smithy.io/2.0/aws/protocols/aws-query-protocol.html). Throws `CodecError`. */
export const readForm = (shape: Shape, node: FormNode, path = ''): unknown => {
  if (shape.isStructSchema()) return readMembers(shape, node, path);
  if (shape.isListSchema()) return readList(shape, node, path);
  if (shape.isMapSchema()) return readMap(shape, node, path);
  if (shape.isUnitSchema()) return {};
  if (node.text === undefined) throw new CodecError(`${path}: expected a value, got a structure`);
  return readText(shape, node.text, path);
};
