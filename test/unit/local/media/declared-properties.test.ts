import { findUnsupported, honoured, inert, oneOf, parityOf } from '../../../../local/media/declared-properties.ts';

const rules = { Name: honoured, 'Outputs[].Codec': oneOf('H264'), 'Outputs[].Tuning': inert('one encoder') };

describe('declared properties', () => {
  it('accepts what the rules name', () => {
    expect(findUnsupported(rules, { Name: 'x', Outputs: [{ Codec: 'H264', Tuning: { Deep: [1] } }], Absent: undefined })).toEqual([]);
  });

  it('finds every value that is not allowed, by its path', () => {
    const found = findUnsupported(rules, { Outputs: [{ Codec: 'H264' }, { Codec: 'VP9' }], Extra: { Inner: 1 } });

    expect(found).toEqual([
      { elementPath: '/outputs[1]/codec', message: 'local mode cannot honour "VP9": allowed H264' },
      { elementPath: '/extra/inner', message: 'local mode cannot honour this property: remove it' },
    ]);
  });

  it('writes its rules for the parity page', () => {
    expect(parityOf('medialive', 'CreateX.', rules)).toEqual([
      { subject: 'medialive', item: 'CreateX.Name', stance: 'enforced' },
      { subject: 'medialive', item: 'CreateX.Outputs[].Codec', stance: 'enforced', reason: 'only H264; other values are refused' },
      { subject: 'medialive', item: 'CreateX.Outputs[].Tuning', stance: 'inert', reason: 'one encoder' },
    ]);
  });
});
