import { generateKeyPairSync } from 'node:crypto';
import { StageConfigurationError } from '../../../../lib/config/configuration-error.ts';
import { parseStageConfiguration } from '../../../../lib/config/read-stage-configuration.ts';
import { aCamConfiguration, aStageConfiguration } from '../../../support/synthesised-stage.ts';

type Change = Readonly<Record<string, unknown>>;

const publicKeyOn = (namedCurve: string): string => generateKeyPairSync('ec', { namedCurve }).publicKey.export({ type: 'spki', format: 'pem' }).toString();
const sameKey = publicKeyOn('secp384r1');
const pipelineWith = (change: Change): Change => ({ pipelines: [{ id: 'pl_cam', name: 'Cam', ...change }] });
const parse = (cam: Change, stage: Change = {}) => parseStageConfiguration({ ...aStageConfiguration(), cam: { ...aCamConfiguration(), ...cam }, ...stage }, 'stage.json');

const problemsOf = (cam: Change, stage: Change = {}): StageConfigurationError['problems'] => {
  try {
    parse(cam, stage);
    return [];
  } catch (error) {
    if (!(error instanceof StageConfigurationError)) throw error;
    return error.problems;
  }
};

describe('what a stage declares of Cam pipelines', () => {
  it('is a private STANDARD channel of low latency, in MPEG-TS, unless told', () => {
    expect(parse({}).cam).toMatchObject({ pipelines: [{ type: 'STANDARD', latencyMode: 'LOW', playback: 'PRIVATE', containerFormat: 'TS' }] });
  });

  it('needs a Region that has IVS, and tells those that do', () => {
    expect(problemsOf({}, { region: 'eu-west-2' })).toEqual([{
      field: 'cam', wrong: 'the stage\'s Region has no Amazon IVS', got: 'eu-west-2', allowed: 'ap-northeast-1, ap-northeast-2, ap-south-1, eu-central-1, eu-west-1, us-east-1, us-west-2', change: 'deploy the stage there, or have Pro pipelines alone',
    }]);
  });

  it('says what makes the first key, and where a Cam pipeline is declared', () => {
    const [pipeline] = aStageConfiguration().pipelines ?? [];

    expect(problemsOf({ playbackKeys: [] })[0]!.change).toContain(`node scripts/rotate-viewer-keys.ts --stage ${aStageConfiguration().stage} --cam`);
    expect(problemsOf({ playbackKeys: ['k1.pem'] })[0]!.allowed).toContain('{"id": "k1", "publicKey": "-----BEGIN PUBLIC KEY-----…"}');
    expect(problemsOf({}, { pipelines: [{ ...pipeline, kind: 'CAM' }] })[0]!.allowed).toContain('cam.pipelines');
  });

  it.each<[string, Change, string]>([
    ['a preset on BASIC', pipelineWith({ type: 'BASIC', preset: 'HIGHER_BANDWIDTH_DELIVERY' }), 'cam.pipelines[0].preset'],
    ['private playback without a key', { playbackKeys: [] }, 'cam.pipelines[0].playback'],
    ['an unknown type', pipelineWith({ type: 'LARGE' }), 'cam.pipelines[0].type'],
    ['a field of Pro pipelines', pipelineWith({ ladder: 'house' }), 'cam.pipelines[0].ladder'],
    ['no pipeline', { pipelines: [] }, 'cam.pipelines'],
    ['the id of another pipeline', pipelineWith({ id: 'pl_main' }), 'pipelines'],
    ['a key on another curve', { playbackKeys: [{ id: 'k1', publicKey: publicKeyOn('prime256v1') }] }, 'cam.playbackKeys'],
    ['what only looks like a key', { playbackKeys: [{ id: 'k1', publicKey: '-----BEGIN PUBLIC KEY-----' }] }, 'cam.playbackKeys'],
    ['a private key', { playbackKeys: [{ id: 'k1', publicKey: '-----BEGIN PRIVATE KEY-----' }] }, 'cam.playbackKeys[0].publicKey'],
    ['four keys', { playbackKeys: ['a', 'b', 'c', 'd'].map((id) => ({ id, publicKey: publicKeyOn('secp384r1') })) }, 'cam.playbackKeys'],
    ['more origins than a token has room for', { webOrigins: ['a', 'b', 'c', 'd', 'e'].map((label) => `https://${`${label.repeat(60)}.`.repeat(4)}example.com`) }, 'cam.webOrigins'],
    ['keys that are paths', { playbackKeys: ['k1.pem'] }, 'cam.playbackKeys[0]'],
    ['two keys of one id', { playbackKeys: ['a', 'a'].map((id) => ({ id, publicKey: publicKeyOn('secp384r1') })) }, 'cam.playbackKeys'],
    ['one key by two ids', { playbackKeys: ['a', 'b'].map((id) => ({ id, publicKey: sameKey })) }, 'cam.playbackKeys'],
  ])('rejects %s', (_, cam, field) => {
    expect(problemsOf(cam).map((problem) => problem.field)).toEqual([field]);
  });

  it('rejects a curtain that is down unless told where a channel is public, and names both ways out', () => {
    const hidden = { delivery: { curtain: 'DOWN' } };

    expect(problemsOf(pipelineWith({ id: 'pl_open', playback: 'PUBLIC' }), hidden)).toEqual([{
      field: 'delivery.curtain',
      wrong: 'a curtain hides nothing on a Cam pipeline that is PUBLIC, and shows on pl_open would begin under one',
      got: 'DOWN',
      allowed: '"UP", or Cam pipelines with playback "PRIVATE" alone',
      change: 'set delivery.curtain to "UP", and book with "curtain": "DOWN" what is to begin hidden, or set playback of these pipelines to "PRIVATE"',
    }]);
    expect(problemsOf({}, hidden)).toEqual([]);
    expect(problemsOf(pipelineWith({ playback: 'PUBLIC' }))).toEqual([]);
  });
});
