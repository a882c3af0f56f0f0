import { parseChoiceRule, ruleHolds } from '../../../../../../local/services/states/asl/choice-rule.ts';

const input = { status: 'DONE', count: 3, ok: true, at: '2026-01-05T12:00:00Z', later: '2026-01-05T14:00:00+01:00', none: null, file: 'log-a*b.txt' };
const scope = { context: {}, entropy: { random: () => 0, uuid: () => '' } };
const holds = (rule: object): boolean => ruleHolds(parseChoiceRule(rule as never, 'rule'), input, scope);

describe('choice rule', () => {
  test.each([
    [{ Variable: '$.status', StringEquals: 'DONE' }, true],
    [{ Variable: '$.status', StringLessThan: 'E' }, true],
    [{ Variable: '$.count', NumericGreaterThanEquals: 3 }, true],
    [{ Variable: '$.count', StringEquals: '3' }, false],
    [{ Variable: '$.ok', BooleanEquals: true }, true],
    [{ Variable: '$.at', TimestampLessThan: '2026-01-05T13:00:00Z' }, true],
    [{ Variable: '$.later', TimestampGreaterThanPath: '$.at' }, true],
    [{ Variable: '$.status', StringEqualsPath: '$.file' }, false],
    [{ Variable: '$.none', IsNull: true }, true],
    [{ Variable: '$.absent', IsPresent: false }, true],
    [{ Variable: '$.at', IsTimestamp: true }, true],
    [{ Variable: '$.file', StringMatches: 'log-*.txt' }, true],
    [{ Variable: '$.file', StringMatches: 'log-a\\*b.txt' }, true],
    [{ Variable: '$.file', StringMatches: 'log-.\\*.txt' }, false],
    [{ And: [{ Variable: '$.ok', IsBoolean: true }, { Not: { Variable: '$.count', IsString: true } }] }, true],
    [{ Or: [{ Variable: '$.count', NumericEquals: 1 }, { Variable: '$.count', NumericEquals: 2 }] }, false],
  ])('decides %j', (rule, expected) => {
    expect(holds(rule)).toBe(expected);
  });

  it('fails on a variable that is not there', () => {
    expect(() => holds({ Variable: '$.absent', StringEquals: 'x' })).toThrow(expect.objectContaining({ error: 'States.Runtime' }));
  });

  test.each([
    [{ Variable: '$.a' }, 'exactly one comparison'],
    [{ Variable: '$.a', StringEquals: 'a', NumericEquals: 1 }, 'exactly one comparison'],
    [{ Variable: '$.a', StringLike: 'a' }, 'StringLike is not supported'],
    [{ Variable: '$.a', NumericEquals: 'a' }, 'cannot compare'],
    [{ Variable: 'a', NumericEquals: 1 }, 'must begin with'],
    [{ And: [] }, 'not empty'],
  ])('rejects %j', (rule, message) => {
    expect(() => holds(rule)).toThrow(message);
  });
});
