import { parseDefinition } from '../../../../../../local/services/states/asl/parse-definition.ts';

const parse = (definition: unknown) => parseDefinition(typeof definition === 'string' ? definition : JSON.stringify(definition));
const single = (state: object) => ({ StartAt: 'Only', States: { Only: state } });
const invoke = 'arn:aws:states:::lambda:invoke';

describe('definition', () => {
  it('accepts what the CDK writes for an invocation', () => {
    const machine = parse(single({
      Type: 'Task', End: true, Resource: invoke, Parameters: { FunctionName: 'f', 'Payload.$': '$' },
      Retry: [{ ErrorEquals: ['Lambda.ServiceException'], IntervalSeconds: 2, MaxAttempts: 6, BackoffRate: 2 }],
    }));

    expect(machine.States.get('Only')).toMatchObject({ Type: 'Task', Resource: { kind: 'lambda-invoke', waitsForToken: false } });
  });

  test.each([
    ['not JSON', '{', 'is not JSON'],
    ['no start', { States: {} }, 'StartAt'],
    ['a start that does not exist', { StartAt: 'Nope', States: { Only: { Type: 'Succeed' } } }, "state 'Nope' is named as a target but does not exist"],
    ['a state out of reach', { StartAt: 'A', States: { A: { Type: 'Succeed' }, B: { Type: 'Succeed' } } }, "state 'B' cannot be reached"],
    ['no way on', single({ Type: 'Pass' }), "state 'Only' must have exactly one of Next, End"],
    ['an unknown type', single({ Type: 'Activity' }), "state 'Only': Type \"Activity\" is not supported"],
    ['an unknown field', single({ Type: 'Pass', End: true, Assign: {} }), "state 'Only': field Assign is not supported in a Pass state"],
    ['JSONata', { QueryLanguage: 'JSONata', ...single({ Type: 'Succeed' }) }, 'QueryLanguage'],
    ['an SDK integration', single({ Type: 'Task', End: true, Resource: 'arn:aws:states:::aws-sdk:s3:getObject' }), "state 'Only': Resource arn:aws:states:::aws-sdk:s3:getObject is not supported"],
    ['a parameter of the invocation that has no effect', single({ Type: 'Task', End: true, Resource: invoke, Parameters: { FunctionName: 'f', InvocationType: 'Event' } }), 'field Parameters.InvocationType is not supported'],
    ['a bad path', single({ Type: 'Pass', End: true, InputPath: '$..a' }), "state 'Only': field InputPath"],
    ['a bad intrinsic', single({ Type: 'Pass', End: true, Parameters: { 'a.$': 'States.Nope()' } }), 'States.Nope is not supported'],
    ['two waits', single({ Type: 'Wait', End: true, Seconds: 1, Timestamp: '2026-01-01T00:00:00Z' }), 'exactly one of Seconds'],
    ['States.ALL before others', single({ Type: 'Task', End: true, Resource: invoke, Parameters: { FunctionName: 'f' }, Retry: [{ ErrorEquals: ['States.ALL'] }, { ErrorEquals: ['X'] }] }), 'States.ALL must stand alone and last'],
    ['a distributed map', single({ Type: 'Map', End: true, ItemProcessor: { ProcessorConfig: { Mode: 'DISTRIBUTED' }, ...single({ Type: 'Succeed' }) } }), 'Mode "DISTRIBUTED" is not supported'],
    ['a mistake in a branch', single({ Type: 'Parallel', End: true, Branches: [single({ Type: 'Nope' })] }), "state 'Only': branch 1: state 'Only': Type"],
  ])('rejects %s', (_what, definition, message) => {
    expect(() => parse(definition)).toThrow(message);
  });
});
