import { createLogger } from '../../../lambda/platform/logging.ts';

const logged = (fields: object): string => {
  const lines: string[] = [];
  createLogger({ requestId: 'r1' }, (line) => lines.push(line), () => 0).info('done', { ...fields });
  return lines.join('\n');
};

describe('the log', () => {
  it('is one JSON line with its time and what it is bound to', () => {
    expect(JSON.parse(logged({ count: 1n }))).toEqual({ level: 'INFO', message: 'done', at: '1970-01-01T00:00:00.000Z', requestId: 'r1', count: '1' });
  });

  it.each([
    ['a token by its name', { stopToken: 'hush' }],
    ['stream names by their name', { streamNames: { a: ['hush'] } }],
    ['a push URL', { url: 'rtmp://203.0.113.7:1935/live/hush' }],
    ["a viewer's path", { path: '/t/k1.abc.hush.sig/bko_1/out/v1/x/index.m3u8' }],
    ['a token by itself', { text: `refused k1.zzz.${'s'.repeat(16)}.vic.${'hush'.repeat(10)}abc` }],
    ['what an access is renewed with', { renewWith: 'bko_1/hush' }],
    ['a share link', { path: '/shared/0123456789abcdef0123456789abcdef' }],
    ['a bearer token', { header: 'Bearer hush' }],
    ['a stream key by its name', { streamKey: 'hush' }],
    ['a stream key by itself', { text: 'refused sk_us-east-1_AbCdEfGhIjKl_hush' }],
    ['secrets deep inside an error', { error: new Error('failed', { cause: new Error('at rtmps://host/live/hush') }) }],
  ])('never has %s', (_, fields) => {
    expect(logged(fields)).not.toMatch(/hush|0123456789abcdef/);
  });
});
