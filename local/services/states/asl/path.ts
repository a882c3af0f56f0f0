import type { Json } from '../../../runtime/state/collection.ts';
import { isArray, isObject, withMember } from './json.ts';
import { StateError } from './state-error.ts';

type Step =
  | { readonly kind: 'member'; readonly name: string }
  | { readonly kind: 'index'; readonly index: number }
  | { readonly kind: 'all' }
  | { readonly kind: 'slice'; readonly from: number | undefined; readonly to: number | undefined }
  | { readonly kind: 'some'; readonly indexes: readonly number[] };

/** A JSONPath of the subset: members, indexes, lists of indexes, slices and wildcards. No filters, no `..`. */
export interface Path {
  readonly text: string;
  /** Begins with `$$`: reads the context object. */
  readonly ofContext: boolean;
  readonly steps: readonly Step[];
}

const grammar: readonly (readonly [RegExp, (match: RegExpExecArray) => Step])[] = [
  [/\.([\p{L}_][\p{L}\p{N}_-]*)/uy, ([, name = '']) => ({ kind: 'member', name })],
  [/\.\*|\[\*\]/uy, () => ({ kind: 'all' })],
  [/\[(-?\d+)\]/uy, ([, index]) => ({ kind: 'index', index: Number(index) })],
  [/\[(-?\d*):(-?\d*)\]/uy, ([, from, to]) => ({ kind: 'slice', from: from ? Number(from) : undefined, to: to ? Number(to) : undefined })],
  [/\[(\d+(?:,\s*\d+)+)\]/uy, ([, list = '']) => ({ kind: 'some', indexes: list.split(',').map(Number) })],
  [/\['((?:[^'\\]|\\.)*)'\]/uy, ([, name = '']) => ({ kind: 'member', name: name.replace(/\\(.)/gu, '$1') })],
  [/\["((?:[^"\\]|\\.)*)"\]/uy, ([, name = '']) => ({ kind: 'member', name: name.replace(/\\(.)/gu, '$1') })],
];

const stepAt = (text: string, at: number): { step: Step; end: number } => {
  for (const [pattern, make] of grammar) {
    pattern.lastIndex = at;
    const match = pattern.exec(text);
    if (match) return { step: make(match), end: pattern.lastIndex };
  }
  throw new SyntaxError(`path ${text} is not supported at character ${at + 1}: use members, indexes, slices and wildcards (no filters, no "..")`);
};

/**
 * Reads a path's text.
 * @throws SyntaxError when it is not of the subset.
 */
export const parsePath = (text: string): Path => {
  if (!text.startsWith('$')) throw new SyntaxError(`path ${text} must begin with "$"`);
  const ofContext = text.startsWith('$$');
  const steps: Step[] = [];
  for (let at = ofContext ? 2 : 1; at < text.length; ) {
    const { step, end } = stepAt(text, at);
    steps.push(step);
    at = end;
  }
  return { text, ofContext, steps };
};

/** Whether a path can only ever select one node, so that it may be written to. */
export const isReferencePath = (path: Path): boolean => path.steps.every((step) => step.kind === 'member' || (step.kind === 'index' && step.index >= 0));

const isDefinite = (path: Path): boolean => path.steps.every((step) => step.kind === 'member' || step.kind === 'index');

const present = (values: readonly (Json | undefined)[]): readonly Json[] => values.filter((value) => value !== undefined);

const select = (step: Step, node: Json): readonly Json[] => {
  if (step.kind === 'member') return isObject(node) && Object.hasOwn(node, step.name) ? present([node[step.name]]) : [];
  if (step.kind === 'all' && isObject(node)) return present(Object.values(node));
  if (!isArray(node)) return [];
  switch (step.kind) {
    case 'all':
      return node;
    case 'index':
      return present([node.at(step.index)]);
    case 'slice':
      return node.slice(step.from ?? 0, step.to);
    case 'some':
      return present(step.indexes.map((index) => node[index]));
  }
};

/** What a path selects in a document: `undefined` when a definite path selects nothing, an array when it can select many. */
export const readPath = (path: Path, document: Json): Json | undefined => {
  const nodes = path.steps.reduce<readonly Json[]>((found, step) => found.flatMap((node) => select(step, node)), [document]);
  return isDefinite(path) ? nodes[0] : nodes;
};

const write = (node: Json | undefined, steps: readonly Step[], value: Json, path: Path): Json => {
  const [step, ...rest] = steps;
  if (step === undefined) return value;
  if (step.kind === 'member' && (node === undefined || isObject(node))) {
    return withMember(node ?? {}, step.name, write(node && Object.hasOwn(node, step.name) ? node[step.name] : undefined, rest, value, path));
  }
  if (step.kind === 'index' && isArray(node) && step.index < node.length) return node.with(step.index, write(node[step.index], rest, value, path));
  throw new StateError('States.ResultPathMatchFailure', `Unable to apply ReferencePath ${path.text} to the input: a step of it meets a value of another kind`);
};

/**
 * A copy of the document with `value` where the reference path points, members made as needed.
 * @throws StateError States.ResultPathMatchFailure when a step meets a value that has no such place.
 */
export const writePath = (path: Path, document: Json, value: Json): Json => write(document, path.steps, value, path);
