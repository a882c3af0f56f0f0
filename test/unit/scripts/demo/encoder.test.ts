import { encoderArguments } from '../../../../scripts/demo/encoder.ts';

const urls = ['rtmp://127.0.0.1/app/key'];
const text = (options: Partial<Parameters<typeof encoderArguments>[0]>): string => encoderArguments({ urls, height: 720, ...options }).join(' ');

describe('what the encoder is told', () => {
  it('is a test card of the height, or a file as it is', () => {
    expect(text({})).toContain('testsrc2=size=1280x720:rate=30');
    expect(text({ source: 'show.mp4' })).toContain('-stream_loop -1 -i show.mp4 -c:v');
  });

  it('is to bring a file to what the pipeline takes', () => {
    expect(text({ source: 'show.mp4', isScaled: true, kilobitsPerSecond: 2500 })).toMatch(/-i show\.mp4 -vf scale=-2:720 -r 30 .*-b:v 2500k -maxrate 2500k/);
  });
});
