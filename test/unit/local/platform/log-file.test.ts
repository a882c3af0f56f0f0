import { mkdtempSync, readFileSync, rmSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openLogFile } from '../../../../local/platform/log-file.ts';

const folder = mkdtempSync(join(tmpdir(), 'log-file-'));

afterAll(() => rmSync(folder, { recursive: true }));

it('writes one line of JSON a message', async () => {
  const log = openLogFile(join(folder, 'platform.log'));

  log.write({ logGroupName: '/aws/lambda/api', logStreamName: 'one', message: 'two\nlines', at: 0 });
  await log.close();

  expect(JSON.parse(readFileSync(log.path, 'utf8').trimEnd())).toEqual({ at: '1970-01-01T00:00:00.000Z', source: '/aws/lambda/api', message: 'two\nlines' });
});

it('drops what comes after the close', async () => {
  const log = openLogFile(join(folder, 'closed.log'));

  const closed = log.close();
  log.fault('gateway', 'a call in flight failed');
  await closed;
  log.fault('gateway', 'another one');

  expect(readFileSync(log.path, 'utf8')).toBe('');
});
