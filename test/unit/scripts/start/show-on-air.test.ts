import { describeShow, type Started } from '../../../../scripts/start/show-on-air.ts';

const camera = { input: 'camera', pipeline: '0' as const, protocol: 'RTMPS' as const, server: 'rtmp://127.0.0.1:4000/app', streamKey: 'sk_1', url: 'rtmp://127.0.0.1:4000/app/sk_1' };
const [first, second] = ['a', 'b'].map((input) => ({ input, pipeline: '0' as const, protocol: 'RTMP' as const, url: `rtmp://127.0.0.1:4001/${input}` }));

const textOf = (kind: 'PRO' | 'CAM', ingest: NonNullable<Started['show']>['ingest']): string =>
  describeShow({
    platform: { apiUrl: 'http://api', gatewayUrl: 'http://gateway', issuerUrl: 'http://issuer', rtmpPort: 4001, logFile: 'log', operator: { credentials: { accessKeyId: 'operator' } }, stage: { userPoolId: 'pool', webClientId: 'client' } },
    player: { pageFor: (url) => `http://player/?src=${url}` },
    token: 'token',
    subject: 'me',
    show: { breakoutId: 'bko_1', ingest, playback: { kind, expiresAt: '2026-11-23T10:10:00.000Z', endpoints: [{ format: 'HLS', url: 'http://hls' }] } },
  });

describe('what npm start tells of its show', () => {
  it('is how one encoder of a Cam pipeline comes back, and until when its URL is good', () => {
    const text = textOf('CAM', [camera]);

    expect(text).toContain('server rtmp://127.0.0.1:4000/app   stream key sk_1');
    expect(text).toContain('it comes back with the same key');
    expect(text).toContain('begin before 2026-11-23T10:10:00.000Z');
    expect(text).toContain('http://api/breakouts/bko_1/playback');
  });

  it('is that the second input goes on where there are two', () => {
    const text = textOf('PRO', [first!, second!]);

    expect(text).toContain('the other goes on');
    expect(text).not.toContain('begin before');
  });
});
