import type { Json } from '../../../runtime/state/collection.ts';
import { intrinsicFunctions, type Entropy } from './intrinsic-functions.ts';
import { parsePath, type Path } from './path.ts';
import { StateError } from './state-error.ts';

/** An intrinsic function call, or one of its arguments. */
export type Expression =
  | { readonly kind: 'literal'; readonly value: Json }
  | { readonly kind: 'path'; readonly path: Path }
  | { readonly kind: 'call'; readonly name: string; readonly operands: readonly Expression[]; readonly text: string };

class Cursor {
  readonly text: string;
  at = 0;

  constructor(text: string) {
    this.text = text;
  }

  take(pattern: RegExp): string | undefined {
    const sticky = new RegExp(pattern.source, 'uy');
    sticky.lastIndex = this.at;
    const match = sticky.exec(this.text);
    if (!match) return undefined;
    this.at = sticky.lastIndex;
    return match[0];
  }

  fail(expected: string): never {
    throw new SyntaxError(`intrinsic ${this.text}: expected ${expected} at character ${this.at + 1}`);
  }
}

const call = (cursor: Cursor): Expression => {
  const start = cursor.at;
  const name = cursor.take(/States\.\w+/) ?? cursor.fail('States.<function>');
  if (!intrinsicFunctions.has(name)) throw new SyntaxError(`intrinsic ${name} is not supported (supported: ${[...intrinsicFunctions.keys()].join(', ')})`);
  if (!cursor.take(/\s*\(\s*/)) cursor.fail('"("');
  const operands: Expression[] = [];
  while (!cursor.take(/\s*\)/)) {
    if (operands.length > 0 && !cursor.take(/\s*,\s*/)) cursor.fail('"," or ")"');
    operands.push(operand(cursor));
  }
  return { kind: 'call', name, operands, text: cursor.text.slice(start, cursor.at) };
};

const operand = (cursor: Cursor): Expression => {
  const string = cursor.take(/'(?:[^'\\]|\\.)*'/);
  // `\{` and `\}` stay escaped: States.Format gives them their meaning.
  if (string !== undefined) return { kind: 'literal', value: string.slice(1, -1).replace(/\\(['\\])/gu, '$1') };
  const number = cursor.take(/-?\d+(?:\.\d+)?(?:[eE][+-]?\d+)?/);
  if (number !== undefined) return { kind: 'literal', value: Number(number) };
  const word = cursor.take(/(?:true|false|null)\b/);
  if (word !== undefined) return { kind: 'literal', value: word === 'null' ? null : word === 'true' };
  const path = cursor.take(/\$(?:\[(?:'(?:[^'\\]|\\.)*'|"(?:[^"\\]|\\.)*"|[^\]])*\]|[^\s,()[\]])*/);
  if (path !== undefined) return { kind: 'path', path: parsePath(path) };
  return call(cursor);
};

/**
 * Reads a path (`$.a`, `$$.Execution.Name`) or an intrinsic function call (`States.Format('{}', $.a)`).
 * @throws SyntaxError when it is neither, or not of the subset.
 */
export const parseExpression = (text: string): Expression => {
  if (text.startsWith('$')) return { kind: 'path', path: parsePath(text) };
  const cursor = new Cursor(text);
  const expression = call(cursor);
  if (cursor.at !== text.length) cursor.fail('the end');
  return expression;
};

/**
 * The value of an expression; `read` gives what a path selects.
 * @throws StateError States.IntrinsicFailure when a function cannot be applied to its arguments.
 */
export const evaluateExpression = (expression: Expression, read: (path: Path) => Json, entropy: Entropy): Json => {
  switch (expression.kind) {
    case 'literal':
      return expression.value;
    case 'path':
      return read(expression.path);
    case 'call': {
      const operands = expression.operands.map((each) => evaluateExpression(each, read, entropy));
      const apply = intrinsicFunctions.get(expression.name);
      try {
        if (!apply) throw new TypeError('it is not supported');
        return apply(operands, entropy);
      } catch (cause) {
        if (cause instanceof StateError) throw cause;
        throw new StateError('States.IntrinsicFailure', `The function '${expression.text}' had an invalid argument: ${cause instanceof Error ? cause.message : String(cause)}`);
      }
    }
  }
};
