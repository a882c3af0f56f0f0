import { parityOfSchemaService, renderParityPage } from '../../../../local/assembly/parity.ts';

describe('the parity page', () => {
  const services = [
    { signingName: 'ssm', operations: ['PutParameter', 'GetParameter'], operationsOnAws: 10 },
    { signingName: 's3', operations: ['GetObject'] },
  ];
  const resources = [{ type: 'AWS::SSM::Parameter', properties: { Name: 'enforced' as const, Tags: { inert: 'nothing reads a | tag' }, Tier: { kept: 'no limits' }, Value: 'enforced' as const } }];
  const notes = [
    { subject: 'cloudfront', item: 'PriceClass', stance: 'inert' as const, reason: 'there is one edge location' },
    { subject: 's3', item: 'ranges', stance: 'enforced' as const },
    { subject: 'ssm', item: 'versions', stance: 'enforced' as const },
  ];

  it('lists what is served, inert and refused', () => {
    const page = renderParityPage({ services, resources, notes });

    expect(page).toContain('| ssm | GetParameter, PutParameter | 8 |');
    expect(page).toContain('| s3 | GetObject | all others |');
    expect(page).toContain('| AWS::SSM::Parameter | Name, Value | enforced |  |');
    expect(page).toContain('| AWS::SSM::Parameter | Tags | inert | nothing reads a \\| tag |');
    expect(page).toContain('| AWS::SSM::Parameter | Tier | inert | kept and described: no limits |');
    expect(page).toContain('| cloudfront | PriceClass | inert | there is one edge location |');
  });

  it('does not depend on the order of its facts', () => {
    const page = renderParityPage({ services, resources, notes });

    expect(renderParityPage({ services: [...services].reverse(), resources, notes: [...notes].reverse() })).toBe(page);
  });

  it('rejects a note without its reason', () => {
    const bare = { subject: 'cloudfront', item: 'PriceClass', stance: 'inert' as const };

    expect(() => renderParityPage({ services, resources, notes: [...notes, bare] })).toThrow('cloudfront, PriceClass is inert without a reason');
  });

  it('rejects a service that no note tells of', () => {
    expect(() => renderParityPage({ services, resources, notes: notes.slice(0, 2) })).toThrow('nothing is told of how ssm behaves');
  });

  it('counts the commands of an SDK as the operations of AWS', () => {
    const sdk = { GetParameterCommand: Object, PutParameterCommand: Object, SSMClient: Object };

    expect(parityOfSchemaService({ signingName: 'ssm', sdk, operations: { GetParameter: {} } })).toEqual({ signingName: 'ssm', operations: ['GetParameter'], operationsOnAws: 2 });
  });
});
