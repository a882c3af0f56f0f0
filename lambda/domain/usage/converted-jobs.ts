import type { Recording } from '../recordings/recording.ts';
import type { ConversionFacts } from './meters/conversion-meter.ts';

/** Every job that has ended well, also of a recording of which another part failed, or that was made anew; failed jobs are not billed. */
export const convertedJobs = (recording: Recording | undefined): readonly ConversionFacts[] =>
  [...(recording?.earlierJobs ?? []), ...(recording?.jobs ?? [])].flatMap(({ jobId, status, submittedAt, startedAt, finishedAt, outputs }) => {
    if (status !== 'COMPLETE' || jobId === undefined || finishedAt === undefined) return [];
    const to = Date.parse(finishedAt);
    const converted = outputs.map(({ durationMilliseconds, ...output }) => ({ ...output, ...(durationMilliseconds === undefined ? {} : { durationMilliseconds: BigInt(Math.round(durationMilliseconds)) }) }));
    return [{ jobId, from: Math.min(to, Date.parse(startedAt ?? submittedAt)), to, outputs: converted }];
  });
