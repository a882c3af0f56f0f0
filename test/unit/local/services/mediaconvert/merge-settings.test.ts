import { mergeSettings } from '../../../../../local/services/mediaconvert/settings/merge-settings.ts';

describe('a job\'s settings over its template\'s', () => {
  it('win where they say something, at every depth', () => {
    const merged = mergeSettings(
      { TimecodeConfig: { Source: 'ZEROBASED' }, OutputGroups: [{ Name: 'mp4', OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: {} }, Outputs: [{ NameModifier: '-a' }] }] },
      { OutputGroups: [{ OutputGroupSettings: { FileGroupSettings: { Destination: 's3://b/k' } } }] },
    );

    expect(merged).toEqual({
      TimecodeConfig: { Source: 'ZEROBASED' },
      OutputGroups: [{ Name: 'mp4', OutputGroupSettings: { Type: 'FILE_GROUP_SETTINGS', FileGroupSettings: { Destination: 's3://b/k' } }, Outputs: [{ NameModifier: '-a' }] }],
    });
  });

  it('read every input as the template\'s one input says', () => {
    const merged = mergeSettings({ Inputs: [{ TimecodeSource: 'ZEROBASED' }] }, { Inputs: [{ FileInput: 's3://b/1' }, { FileInput: 's3://b/2', TimecodeSource: 'EMBEDDED' }] });

    expect(merged.Inputs).toEqual([{ FileInput: 's3://b/1', TimecodeSource: 'ZEROBASED' }, { FileInput: 's3://b/2', TimecodeSource: 'EMBEDDED' }]);
  });

  it('stand alone without a template', () => {
    expect(mergeSettings(undefined, { Inputs: [] })).toEqual({ Inputs: [] });
  });
});
