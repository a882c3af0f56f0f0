import type { Recording } from './recording.ts';

/** A recording as people read it. */
export const recordingView = ({ recordingId, breakoutId, status, submittedAt, finishedAt, outputs, files, failure }: Recording) => ({
  recordingId,
  breakoutId,
  status,
  submittedAt,
  ...(finishedAt === undefined ? {} : { finishedAt }),
  outputs: outputs.map(({ name, durationMilliseconds, outputClass: { widthPixels, heightPixels } }) => ({
    name,
    durationMilliseconds,
    ...(widthPixels === undefined ? {} : { widthPixels }),
    ...(heightPixels === undefined ? {} : { heightPixels }),
  })),
  files: files.map(({ key, bytes }) => ({ key, bytes: bytes.toString() })),
  ...(failure ? { failure } : {}),
});
