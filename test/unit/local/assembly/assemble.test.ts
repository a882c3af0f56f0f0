import { assemble } from '../../../../local/assembly/assemble.ts';
import { enforced, inert, kept, type Properties, type ResourceProvider } from '../../../../local/assembly/resource-provider.ts';
import { templateSchema } from '../../../../local/assembly/template/template.ts';
import type { ServiceEvent } from '../../../../local/runtime/ports.ts';
import { memoryStateStore } from '../../../../local/runtime/state/collection.ts';

const aWorld = () => {
  const created: Properties[] = [];
  const updated: Properties[] = [];
  const events: ServiceEvent[] = [];
  const tagged: (readonly [string, Readonly<Record<string, string>>])[] = [];
  const secret = { value: 'first' };
  const state = memoryStateStore();
  const thing: ResourceProvider = {
    type: 'Test::Thing',
    properties: { ...enforced('Name', 'Of'), ...kept('nothing weighs', 'Weight'), ...inert('prose', 'Description') },
    create: async (properties) => {
      created.push(properties);
      return { physicalId: `id-${String(properties['Name'])}`, attributes: { Arn: `arn:${String(properties['Name'])}` } };
    },
  };
  const changeable: ResourceProvider = {
    ...thing,
    type: 'Test::Changeable',
    tagAsPartOfStack: ({ physicalId }, tags) => void tagged.push([physicalId, tags]),
    update: async (resource, properties) => {
      updated.push(properties);
      return resource;
    },
  };
  const deploy = (...stacks: { name: string; dependsOn?: string[]; template: unknown }[]) =>
    assemble({
      assembly: {
        stacks: stacks.map(({ name, dependsOn = [], template }) => ({ stackName: name, dependencies: dependsOn, template: templateSchema.parse(template) })),
        assetPaths: new Map(),
      },
      accountId: '123456789012',
      region: 'us-east-1',
      providers: [thing, changeable],
      state,
      readSecret: async ({ secretId, jsonKey }) => `${secret.value} ${jsonKey} of ${secretId}`,
      events: { emit: (event) => void events.push(event) },
    });
  return { deploy, created, updated, tagged, events, secret };
};

const aThing = (properties: object, rest: object = {}) => ({ Type: 'Test::Thing', Properties: properties, ...rest });

describe('assembling stacks', () => {
  it('creates resources with what they refer to, and answers outputs', async () => {
    const { deploy, created } = aWorld();

    const outputs = await deploy({
      name: 'one',
      template: {
        Resources: { B: aThing({ Name: 'b', Of: { 'Fn::GetAtt': ['A', 'Arn'] } }), A: aThing({ Name: 'a', Description: 'is inert' }) },
        Outputs: { Id: { Value: { Ref: 'B' } } },
      },
    });

    expect(created).toEqual([{ Name: 'a' }, { Name: 'b', Of: 'arn:a' }]);
    expect(outputs).toEqual({ one: { Id: 'id-b' } });
  });

  it('hands exports from stack to stack and tells EventBridge of each', async () => {
    const { deploy, created, events } = aWorld();

    await deploy(
      { name: 'two', dependsOn: ['one'], template: { Resources: { C: aThing({ Name: 'c', Of: { 'Fn::ImportValue': 'shared' } }) } } },
      { name: 'one', template: { Resources: { A: aThing({ Name: 'a' }) }, Outputs: { O: { Value: { Ref: 'A' }, Export: { Name: 'shared' } } } } },
    );

    expect(created.at(-1)).toEqual({ Name: 'c', Of: 'id-a' });
    expect(events.map(({ detailType, detail }) => [detailType, detail['status-details']])).toEqual([
      ['CloudFormation Stack Status Change', { status: 'CREATE_COMPLETE', 'status-reason': '' }],
      ['CloudFormation Stack Status Change', { status: 'CREATE_COMPLETE', 'status-reason': '' }],
    ]);
  });

  it('tags what it creates as part of its stack, once, where its service keeps such tags', async () => {
    const { deploy, tagged } = aWorld();
    const stackOf = (weight: string) => ({ name: 'one', template: { Resources: { A: aThing({ Name: 'a' }), B: { Type: 'Test::Changeable', Properties: { Name: 'b', Weight: weight } } } } });
    await deploy(stackOf('1'));
    await deploy(stackOf('2'));

    expect(tagged).toEqual([['id-b', {
      'aws:cloudformation:stack-name': 'one', 'aws:cloudformation:stack-id': expect.stringMatching(/^arn:aws:cloudformation:us-east-1:123456789012:stack\/one\//), 'aws:cloudformation:logical-id': 'B',
    }]]);
  });

  it('keeps what has not changed the second time', async () => {
    const { deploy, created, events } = aWorld();
    const stack = { name: 'one', template: { Resources: { A: aThing({ Name: 'a' }) } } };

    await deploy(stack);
    await deploy(stack);

    expect(created).toHaveLength(1);
    expect(events.at(-1)?.detail['status-details']).toMatchObject({ status: 'UPDATE_COMPLETE' });
  });

  it('hands on what a template refers to in a secret', async () => {
    const { deploy, created } = aWorld();
    const name = { 'Fn::Join': ['', ['{{resolve:secretsmanager:', { Ref: 'A' }, ':SecretString:key::}}']] };

    await deploy({ name: 'one', template: { Resources: { A: aThing({ Name: 'a' }), B: aThing({ Name: 'b', Of: name }) } } });

    expect(created.at(-1)).toEqual({ Name: 'b', Of: 'first key of id-a' });
  });

  it('keeps the secret of the last change', async () => {
    const { deploy, created, secret } = aWorld();
    const stack = { name: 'one', template: { Resources: { A: aThing({ Name: '{{resolve:secretsmanager:s:SecretString:k}}' }) } } };

    await deploy(stack);
    secret.value = 'second';
    await deploy(stack);

    expect(created).toEqual([{ Name: 'first k of s' }]);
  });

  it('changes in place what can be changed', async () => {
    const { deploy, created, updated } = aWorld();
    const stack = (name: string) => ({ name: 'one', template: { Resources: { A: { ...aThing({ Name: name }), Type: 'Test::Changeable' } } } });

    await deploy(stack('a'));
    await deploy(stack('b'));

    expect(created).toEqual([{ Name: 'a' }]);
    expect(updated).toEqual([{ Name: 'b' }]);
  });

  it('rejects a change that needs a fresh data folder', async () => {
    const { deploy } = aWorld();
    await deploy({ name: 'one', template: { Resources: { A: aThing({ Name: 'a' }) } } });

    const changed = deploy({ name: 'one', template: { Resources: { A: aThing({ Name: 'b' }) } } });

    await expect(changed).rejects.toThrow(/one\/A \(Test::Thing\): .*cannot be changed in place: start with a fresh data folder/);
  });

  it('hands over what is enforced or kept, and drops what is inert', async () => {
    const { deploy, created } = aWorld();

    await deploy({ name: 'one', template: { Resources: { A: aThing({ Name: 'a', Weight: 3, Description: 'heavy' }) } } });

    expect(created).toEqual([{ Name: 'a', Weight: 3 }]);
  });

  it('rejects a property that nothing reads', async () => {
    const { deploy } = aWorld();

    const deployed = deploy({ name: 'one', template: { Resources: { A: aThing({ Name: 'a', Colour: 'red' }) } } });

    await expect(deployed).rejects.toThrow('one/A (Test::Thing): property Colour is not implemented in local mode: known are Name, Of, Weight, Description');
  });

  it('rejects a resource type that it does not know', async () => {
    const { deploy } = aWorld();

    const deployed = deploy({ name: 'one', template: { Resources: { A: { Type: 'Custom::Anything' } } } });

    await expect(deployed).rejects.toThrow('one/A (Custom::Anything): this resource type is not implemented in local mode');
  });

  it('leaves out what a condition excludes', async () => {
    const { deploy, created } = aWorld();

    await deploy({
      name: 'one',
      template: { Conditions: { Never: { 'Fn::Equals': ['a', 'b'] } }, Resources: { A: aThing({ Name: 'a' }, { Condition: 'Never' }), B: aThing({ Name: 'b' }) } },
    });

    expect(created).toEqual([{ Name: 'b' }]);
  });
});
