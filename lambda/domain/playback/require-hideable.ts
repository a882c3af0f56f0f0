import type { Pipeline } from '../pipelines/pipeline.ts';
import { ConflictError } from '../shared/errors.ts';
import type { Curtain } from './curtain.ts';

/**
 * Refuses a curtain that is down where everyone who knows the URL may play: it would hide nothing.
 * @throws ConflictError `playback-is-public`
 */
export const requireHideable = ({ pipelineId, ...pipeline }: Pipeline, curtain: Curtain): void => {
  if (curtain === 'UP' || pipeline.kind === 'PRO' || pipeline.channel.isPrivate) return;
  const message = `the channel of ${pipelineId} plays for everyone who knows its URL, expected a private one under a curtain that is DOWN: have the curtain UP, or another pipeline, one that the stage declares with playback PRIVATE`;
  throw new ConflictError({ code: 'playback-is-public', message, details: { pipelineId, curtain } });
};
