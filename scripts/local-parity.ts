import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import { renderParityPage } from '../local/assembly/parity.ts';
import { collectParityFacts } from '../local/platform/parity-facts.ts';

const page = join(import.meta.dirname, '..', 'docs', 'local-parity.md');

const firstDifference = (written: string, current: string): string => {
  const lines = written.split('\n');
  const index = current.split('\n').findIndex((line, at) => line !== lines[at]);
  return index < 0 ? 'it has lines at its end that nothing tells of any more' : `line ${index + 1} is not what the code says`;
};

// Writes docs/local-parity.md; with --check only says whether it is what the code tells.
const current = renderParityPage(await collectParityFacts());
if (!process.argv.includes('--check')) {
  writeFileSync(page, current);
} else {
  const written = existsSync(page) ? readFileSync(page, 'utf8') : '';
  if (written !== current) {
    console.error(`docs/local-parity.md is out of date (${firstDifference(written, current)}): run npm run docs:write and commit it.`);
    process.exitCode = 1;
  }
}
