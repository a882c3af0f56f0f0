import { evaluate, type EvaluationScope } from '../../../../local/assembly/template/intrinsics.ts';

const scope: EvaluationScope = {
  ref: (id) => ({ Bucket: 'my-bucket', 'AWS::Region': 'us-east-1', Names: ['a', 'b'] })[id] ?? fail(`nothing is called ${id}`),
  attribute: (id, attribute) => `${id}:${attribute}`,
  mapping: (map, first, second) => `${map}/${first}/${second}`,
  condition: (name) => name === 'Yes',
  importValue: (name) => `imported ${name}`,
};

const fail = (message: string): never => {
  throw new Error(message);
};

describe('intrinsic functions', () => {
  it.each([
    ['Ref', { Ref: 'Bucket' }, 'my-bucket'],
    ['Fn::GetAtt as a list', { 'Fn::GetAtt': ['Role', 'Arn'] }, 'Role:Arn'],
    ['Fn::GetAtt with a nested attribute', { 'Fn::GetAtt': 'Function.Metadata.ARN' }, 'Function:Metadata.ARN'],
    ['Fn::Join', { 'Fn::Join': ['-', ['a', { Ref: 'Bucket' }, 3]] }, 'a-my-bucket-3'],
    ['Fn::Sub with references', { 'Fn::Sub': 'in ${AWS::Region}: ${Role.Arn} ${!literal}' }, 'in us-east-1: Role:Arn ${literal}'],
    ['Fn::Sub with variables', { 'Fn::Sub': ['${x}-${Bucket}', { x: { Ref: 'AWS::Region' } }] }, 'us-east-1-my-bucket'],
    ['Fn::Select of Fn::Split', { 'Fn::Select': [2, { 'Fn::Split': ['/', 'https://host/path'] }] }, 'host'],
    ['Fn::If', { 'Fn::If': ['No', 1, { Ref: 'Bucket' }] }, 'my-bucket'],
    ['Fn::FindInMap', { 'Fn::FindInMap': ['M', { Ref: 'AWS::Region' }, 'k'] }, 'M/us-east-1/k'],
    ['Fn::ImportValue', { 'Fn::ImportValue': 'x' }, 'imported x'],
    ['Fn::Base64', { 'Fn::Base64': 'hi' }, 'aGk='],
    ['conditions', { 'Fn::And': [{ Condition: 'Yes' }, { 'Fn::Not': [{ 'Fn::Equals': ['a', 'b'] }] }] }, true],
    ['lists among references', { list: { Ref: 'Names' } }, { list: ['a', 'b'] }],
  ])('evaluates %s', (_, value, expected) => {
    expect(evaluate(value, scope)).toEqual(expected);
  });

  it('takes away what is AWS::NoValue', () => {
    const value = { kept: 1, gone: { Ref: 'AWS::NoValue' }, list: [1, { 'Fn::If': ['Yes', { Ref: 'AWS::NoValue' }, 2] }] };

    expect(evaluate(value, scope)).toEqual({ kept: 1, list: [1] });
  });

  it('leaves a Condition key of a policy document alone', () => {
    const statement = { Condition: { StringEquals: { a: { Ref: 'Bucket' } } } };

    expect(evaluate(statement, scope)).toEqual({ Condition: { StringEquals: { a: 'my-bucket' } } });
  });

  it('rejects a function that is not implemented', () => {
    expect(() => evaluate({ 'Fn::Cidr': ['10.0.0.0/16', 2, 8] }, scope)).toThrow('Fn::Cidr is not implemented');
  });

  it('rejects an index outside a list', () => {
    expect(() => evaluate({ 'Fn::Select': [5, ['a']] }, scope)).toThrow('index 5 is outside a list of 1');
  });
});
