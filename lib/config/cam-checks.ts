import { createPublicKey } from 'node:crypto';
import { advancedTypes, camRegions, type CamConfiguration, type CamPipelineConfiguration } from './cam.ts';
import { brokenRules, repeated, type ConfigurationProblem, type CrossCheck } from './configuration-problem.ts';
import type { StageConfiguration } from './stage-configuration.ts';

const publicPipelinesOf = (cam: StageConfiguration['cam']): readonly string[] => (cam?.pipelines ?? []).filter(({ playback }) => playback === 'PUBLIC').map(({ id }) => id);

/** What makes a pair of keys. A key that is made otherwise has no private half where tokens are signed. */
const rotation = (stage: string): string => `node scripts/rotate-viewer-keys.ts --stage ${stage} --cam <this file>`;

const pipelineChecks = ({ playbackKeys }: CamConfiguration, stage: string): readonly CrossCheck<CamPipelineConfiguration>[] => [
  {
    condition: ({ type, preset }) => preset !== undefined && !advancedTypes.includes(type),
    message: ({ type, preset }) => ({
      field: 'preset',
      wrong: `a channel of type ${type} has none`,
      got: preset,
      allowed: `a preset with ${advancedTypes.join(' or ')}, nothing with others`,
      change: 'remove preset, or choose another type',
    }),
  },
  {
    condition: ({ playback }) => playback === 'PRIVATE' && playbackKeys.length === 0,
    message: ({ playback }) => ({
      field: 'playback',
      wrong: 'no token could be signed for its viewers',
      got: playback,
      allowed: '"PRIVATE" with a key in cam.playbackKeys; "PUBLIC"',
      change: `run ${rotation(stage)}, which adds one and keeps its private half in Secrets Manager; it needs no deployed stage`,
    }),
  },
];

/** A stage whose shows begin hidden cannot hide those on channels that everyone may play. */
const curtainCheck: CrossCheck<StageConfiguration> = {
  condition: ({ cam, delivery }) => delivery.curtain === 'DOWN' && publicPipelinesOf(cam).length > 0,
  message: ({ cam }) => ({
    field: 'delivery.curtain',
    wrong: `a curtain hides nothing on a Cam pipeline that is PUBLIC, and shows on ${publicPipelinesOf(cam).join(', ')} would begin under one`,
    got: 'DOWN',
    allowed: '"UP", or Cam pipelines with playback "PRIVATE" alone',
    change: 'set delivery.curtain to "UP", and book with "curtain": "DOWN" what is to begin hidden, or set playback of these pipelines to "PRIVATE"',
  }),
};

const isP384 = (publicKey: string): boolean => {
  try {
    return createPublicKey(publicKey).asymmetricKeyDetails?.namedCurve === 'secp384r1';
  } catch {
    return false;
  }
};

/**
 * What the origins of players may take of a token: IVS takes tokens of 2 KB (https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/service-quotas.html). Of 2,048
 * characters header, signature and dots take 166; the rest is 1,411 bytes of claims, of which all others together take 270.
 */
export const mostOriginBytes = 1_100;

const sharedChecks: readonly CrossCheck<CamConfiguration>[] = [
  {
    condition: ({ playbackKeys }) => repeated(playbackKeys.map(({ id }) => id)).length > 0,
    message: ({ playbackKeys }) => ({ field: 'cam.playbackKeys', wrong: 'two keys have the same id', got: repeated(playbackKeys.map(({ id }) => id)), allowed: 'each id once', change: 'rename one: a key is replaced by another id' }),
  },
  {
    condition: ({ playbackKeys }) => repeated(playbackKeys.map(({ publicKey }) => publicKey.trim())).length > 0,
    message: ({ playbackKeys }) => ({
      field: 'cam.playbackKeys',
      wrong: 'two ids have the same key, which IVS takes once',
      got: playbackKeys.filter(({ publicKey }, index) => playbackKeys.findIndex((key) => key.publicKey.trim() === publicKey.trim()) !== index).map(({ id }) => id),
      allowed: 'each key once',
      change: 'remove one of them',
    }),
  },
  {
    condition: ({ playbackKeys }) => playbackKeys.some(({ publicKey }) => !isP384(publicKey)),
    message: ({ playbackKeys }) => ({
      field: 'cam.playbackKeys',
      wrong: 'IVS would refuse the key',
      got: playbackKeys.filter(({ publicKey }) => !isP384(publicKey)).map(({ id }) => id),
      allowed: 'public keys of ECDSA on the curve P-384',
      change: `remove it, and run ${rotation('<stage>')}, which adds one and keeps its private half`,
    }),
  },
  {
    condition: ({ webOrigins }) => webOrigins.join(',').length > mostOriginBytes,
    message: ({ webOrigins }) => ({
      field: 'cam.webOrigins',
      wrong: 'IVS would refuse every token, which carries them all',
      got: `${webOrigins.join(',').length} characters`,
      allowed: `at most ${mostOriginBytes} with the commas between them`,
      change: 'name fewer origins, or one with * in the place of its first label',
    }),
  },
];

/** Every rule between fields that the Cam pipelines of a stage break. */
export const camProblems = (configuration: StageConfiguration): readonly ConfigurationProblem[] => {
  const { cam, region, stage } = configuration;
  if (!cam) return [];
  const place: readonly ConfigurationProblem[] = camRegions.includes(region)
    ? []
    : [{ field: 'cam', wrong: 'the stage\'s Region has no Amazon IVS', got: region, allowed: camRegions.join(', '), change: 'deploy the stage there, or have Pro pipelines alone' }];
  const ofPipelines = cam.pipelines.flatMap((pipeline, index) => brokenRules(pipelineChecks(cam, stage), pipeline).map((problem) => ({ ...problem, field: `cam.pipelines[${index}].${problem.field}` })));
  return [...place, ...brokenRules(sharedChecks, cam), ...brokenRules([curtainCheck], configuration), ...ofPipelines];
};
