import { isKeyFrame } from '../../../../../local/media/flv/flv-tag.ts';
import { makeSlateClip } from '../../../../../local/media/slate/slate-clip.ts';
import { smallRendition } from '../../../../support/media/relay/relay-rig.ts';

const never = new AbortController().signal;

describe('a clip of a still picture', () => {
  it('is one key frame and a second of pictures that repeat it', async () => {
    const { configuration, pictures } = await makeSlateClip('ffmpeg', { kind: 'COLOR', rgb: 'ff8800' }, smallRendition.video, never);

    expect(configuration[1]).toBe(0);
    expect(pictures.map(isKeyFrame)).toEqual([true, ...Array.from({ length: 29 }, () => false)]);
  });

  it('fails for a file that holds no picture', async () => {
    await expect(makeSlateClip('ffmpeg', { kind: 'SLATE', file: import.meta.filename }, smallRendition.video, never)).rejects.toThrow();
  });
});
