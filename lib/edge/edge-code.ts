import { readFileSync } from 'node:fs';
import { fileURLToPath } from 'node:url';

/** What a function at the edge is made of, beside the check of tokens that all share. */
export interface EdgeCodeParts {
  /** The function's own file in this folder: plain JavaScript of CloudFront's runtime that defines `handler`. */
  readonly file: string;
  /** Sites whose pages may send cookies: `https://www.example.com`. */
  readonly webOrigins: readonly string[];
}

/** What CloudFront takes of a function's text. https://docs.aws.amazon.com/AmazonCloudFront/latest/DeveloperGuide/cloudfront-limits.html#limits-functions */
const mostBytes = 10_240;

const textOf = (file: string): string => readFileSync(fileURLToPath(new URL(file, import.meta.url)), 'utf8');

const withoutComments = (text: string): string => text.replace(/^\s*\/\/.*\n/gm, '');

/**
 * The text that is deployed: the runtime's modules, the stage's settings, the shared check and the function's own file, joined
 * because a function at the edge is one text.
 * @throws RangeError when CloudFront would not take it
 */
export const edgeFunctionCode = ({ file, webOrigins }: EdgeCodeParts): string => {
  const settings = `const webOrigins = ${JSON.stringify(webOrigins)};\n`;
  const code = ["import cf from 'cloudfront';\nimport crypto from 'crypto';\n", settings, ...['token-check.js', file].map(textOf)].map(withoutComments).join('');
  const bytes = Buffer.byteLength(code);
  if (bytes > mostBytes) throw new RangeError(`${file} has ${bytes} bytes, CloudFront takes ${mostBytes}: shorten it, or name fewer web origins (${webOrigins.length})`);
  return code;
};
