import { evaluateExpression, parseExpression } from '../../../../../../local/services/states/asl/intrinsic.ts';
import { readPath, type Path } from '../../../../../../local/services/states/asl/path.ts';

const input = { name: 'Ada', list: [1, 2, 2, 3], text: '{"a":1}', "it's": 'x', nested: { list: ['p', 'q'] } };
const evaluate = (text: string): unknown =>
  evaluateExpression(parseExpression(text), (path: Path) => readPath(path, input) ?? null, { random: () => 0.5, uuid: () => 'uuid' });

describe('intrinsic functions', () => {
  test.each([
    ["States.Format('Hello {}, {} {}', $.name, 3, $.list)", 'Hello Ada, 3 [1,2,2,3]'],
    ["States.Format('\\{\\} {} it\\'s', 'x')", "{} x it's"],
    ['States.StringToJson($.text)', { a: 1 }],
    ['States.JsonToString($.list)', '[1,2,2,3]'],
    ["States.Array(1, 'a', null, true, $.name)", [1, 'a', null, true, 'Ada']],
    ['States.ArrayPartition($.list, 3)', [[1, 2, 2], [3]]],
    ['States.ArrayContains($.list, 3)', true],
    ['States.ArrayRange(1, 9, 4)', [1, 5, 9]],
    ['States.ArrayGetItem($.nested.list, 1)', 'q'],
    ['States.ArrayLength($.list)', 4],
    ['States.ArrayUnique($.list)', [1, 2, 3]],
    ["States.Base64Encode('hi')", 'aGk='],
    ["States.Base64Decode('aGk=')", 'hi'],
    ["States.Hash('a', 'SHA-256')", 'ca978112ca1bbdcafac231b39a23dc4da786eff8147c4e72b9807785afee48bb'],
    ['States.JsonMerge(States.StringToJson($.text), $.nested, false)', { a: 1, list: ['p', 'q'] }],
    ['States.MathRandom(1, 9)', 5],
    ['States.MathAdd(111, -1)', 110],
    ["States.StringSplit('1.2,3', '.,')", ['1', '2', '3']],
    ['States.UUID()', 'uuid'],
  ])('evaluates %s', (text, expected) => {
    expect(evaluate(text)).toEqual(expected);
  });

  test.each(["States.Nope('x')", "States.Format('x'", "States.Format('x') tail", 'Format()', "States.Format('x' 'y')"])('rejects %s', (text) => {
    expect(() => parseExpression(text)).toThrow(SyntaxError);
  });

  test.each(["States.Format('{}')", "States.Format('x', 1)", "States.MathAdd('a', 1)", 'States.ArrayRange(1, 5000, 1)', 'States.StringToJson($.name)', 'States.ArrayGetItem($.list, 9)'])('fails on arguments of %s', (text) => {
    expect(() => evaluate(text)).toThrow(expect.objectContaining({ error: 'States.IntrinsicFailure' }));
  });
});
