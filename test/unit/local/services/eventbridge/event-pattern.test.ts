import { compilePattern } from '../../../../../local/services/eventbridge/event-pattern.ts';

const event = {
  source: 'aws.s3',
  resources: ['arn:a', 'arn:b'],
  detail: {
    state: 'STOPPED',
    size: 300,
    empty: '',
    none: null,
    on: true,
    key: 'logs/E1.2026-11-23-10.abc.gz',
    address: '10.0.1.7',
    outputs: [
      { kind: 'video', height: 720 },
      { kind: 'audio', height: 0 },
    ],
    list: [],
  },
};

const matches = (pattern: object) => compilePattern(JSON.stringify(pattern))(event);
const detail = (field: string, ...wanted: unknown[]) => matches({ detail: { [field]: wanted } });

describe('an event pattern', () => {
  it.each([
    ['exact text', true, detail('state', 'IDLE', 'STOPPED')],
    ['other text', false, detail('state', 'RUNNING')],
    ['a number', true, detail('size', 300)],
    ['a number as text', false, detail('size', '300')],
    ['null', true, detail('none', null)],
    ['empty text', true, detail('empty', '')],
    ['a boolean', true, detail('on', true)],
    ['an element of an array', true, matches({ resources: ['arn:b'] })],
    ['a prefix', true, matches({ source: [{ prefix: 'aws.' }] })],
    ['a prefix in any case', true, matches({ source: [{ prefix: { 'equals-ignore-case': 'AWS.' } }] })],
    ['a suffix', true, detail('key', { suffix: '.gz' })],
    ['a suffix in any case', true, detail('key', { suffix: { 'equals-ignore-case': '.GZ' } })],
    ['text in any case', true, detail('state', { 'equals-ignore-case': 'stopped' })],
    ['a wildcard', true, detail('key', { wildcard: 'logs/*.abc.*' })],
    ['a wildcard with an escaped star', false, detail('key', { wildcard: 'logs/\\*' })],
    ['anything but a value', false, detail('state', { 'anything-but': 'STOPPED' })],
    ['anything but a list', true, detail('state', { 'anything-but': ['RUNNING', 'IDLE'] })],
    ['anything but a number', true, detail('size', { 'anything-but': 5 })],
    ['anything but a prefix', false, detail('state', { 'anything-but': { prefix: 'STOP' } })],
    ['anything but suffixes', true, detail('state', { 'anything-but': { suffix: ['ING'] } })],
    ['anything but a wildcard', false, detail('key', { 'anything-but': { wildcard: '*.gz' } })],
    ['anything but what is absent', false, detail('absent', { 'anything-but': 'x' })],
    ['a numeric range', true, detail('size', { numeric: ['>', 0, '<=', 300] })],
    ['a numeric range that it is outside of', false, detail('size', { numeric: ['<', 300] })],
    ['a numeric equality', true, detail('size', { numeric: ['=', 300] })],
    ['what exists', true, detail('state', { exists: true })],
    ['what does not exist', true, detail('absent', { exists: false })],
    ['what exists, said not to', false, detail('state', { exists: false })],
    ['what does not exist below what does not exist', true, matches({ detail: { absent: { deeper: [{ exists: false }] } } })],
    ['an empty array as absent', false, detail('list', { exists: true })],
    ['an address block', true, detail('address', { cidr: '10.0.0.0/16' })],
    ['another address block', false, detail('address', { cidr: '10.1.0.0/16' })],
    ['an object of an array', true, matches({ detail: { outputs: { kind: ['video'], height: [{ numeric: ['>=', 720] }] } } })],
    ['fields of different objects of an array', false, matches({ detail: { outputs: { kind: ['audio'], height: [720] } } })],
    ['one of two alternatives', true, matches({ $or: [{ source: ['aws.ivs'] }, { detail: { size: [300] } }] })],
    ['an alternative with what stands beside it', false, matches({ source: ['aws.ivs'], $or: [{ detail: { size: [300] } }, { detail: { size: [1] } }] })],
    ['no alternative', false, matches({ $or: [{ source: ['a'] }, { source: ['b'] }] })],
  ])('on %s answers %s', (_what, expected, answer) => {
    expect(answer).toBe(expected);
  });

  it.each([
    ['what is not JSON', '{', /not JSON/],
    ['an array', '[]', /not a JSON object/],
    ['nothing', '{}', /the pattern is empty/],
    ['a value outside an array', '{"source":"aws.s3"}', /source is "aws.s3", expected an array/],
    ['an empty array', '{"detail":{"state":[]}}', /detail.state is an empty array/],
    ['an unknown comparison', '{"source":[{"starts-with":"a"}]}', /starts-with/],
    ['an unknown operator', '{"detail":{"size":[{"numeric":["~",1]}]}}', /operator ~/],
    ['an $or of one', '{"$or":[{"source":["a"]}]}', /at least two/],
  ])('rejects %s', (_what, text, message) => {
    expect(() => compilePattern(text)).toThrow(message);
  });
});
