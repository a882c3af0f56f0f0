import { localCamPipelineId } from '../../local/platform/local-pipelines.ts';
import type { EncoderOptions } from './encoder.ts';

/** What a show streams through, and what that makes different in telling of it. */
export interface DemoPipeline {
  readonly pipelineId: string;
  readonly kind: 'PRO' | 'CAM';
  /** What the encoder sends. */
  readonly picture: Pick<EncoderOptions, 'height' | 'kilobitsPerSecond' | 'isScaled'>;
  /** A shorter show has nothing to watch: its first segment is not there yet. */
  readonly leastSeconds: number;
}

const cam: DemoPipeline = {
  pipelineId: localCamPipelineId,
  kind: 'CAM',
  // A channel of type BASIC takes 3.5 Mbit/s, of pictures above 480 lines alone. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/streaming-config.html
  picture: { height: 720, kilobitsPerSecond: 2500, isScaled: true },
  leastSeconds: 10,
};

const byName: ReadonlyMap<string, DemoPipeline> = new Map([
  ['pl_main', { pipelineId: 'pl_main', kind: 'PRO', picture: { height: 1080 }, leastSeconds: 20 }],
  ['pl_small', { pipelineId: 'pl_small', kind: 'PRO', picture: { height: 480 }, leastSeconds: 20 }],
  ['cam', cam],
  [localCamPipelineId, cam],
]);

/** The pipeline of a name. @throws Error that tells the names */
export const demoPipeline = (name: string): DemoPipeline => {
  const found = byName.get(name);
  if (found === undefined) throw new Error(`--pipeline must be one of ${[...byName.keys()].join(', ')}, got "${name}"`);
  return found;
};
