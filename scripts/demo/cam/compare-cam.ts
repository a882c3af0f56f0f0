import { join } from 'node:path';
import { exactly, within, type Check } from '../checks.ts';
import { sumChecks } from '../compare.ts';
import type { Results } from '../read-results.ts';
import type { ShownShow } from '../run-show.ts';
import { categoryRows, gigabytes, type CategoryRow } from '../table.ts';
import type { Witness } from '../witness.ts';

/** What was counted of a Cam show without the platform. */
export interface CamIndependent {
  /** That the encoder pushed. */
  readonly pushedSeconds: number;
  readonly viewerBytes: number;
  readonly viewerRequests: number;
  /** Of the segments that the viewer got. */
  readonly watchedSeconds: number;
  readonly recordingBytes: number;
  /** Of the MP4 that is made of the recording, by ffprobe. */
  readonly convertedSeconds: number;
}

/** Counts what lies in the bucket of recordings, and what the encoder and the viewer saw. */
export const countCamShow = async (witness: Witness, recordingsBucket: string, folder: string, { ranSeconds, viewing }: ShownShow): Promise<CamIndependent> => {
  const recordings = await witness.list(recordingsBucket);
  let convertedSeconds = 0;
  for (const object of recordings.filter(({ key }) => key.endsWith('.mp4'))) {
    const file = join(folder, 'witness.mp4');
    await witness.download([object], file);
    convertedSeconds += witness.duration(file);
  }
  return {
    pushedSeconds: ranSeconds,
    viewerBytes: viewing.receivedBytes,
    viewerRequests: viewing.requests,
    watchedSeconds: viewing.seconds,
    recordingBytes: recordings.reduce((total, { bytes }) => total + bytes, 0),
    convertedSeconds,
  };
};

// An encoder connects in a moment, and its stream is counted from its first frame to its last.
const connectingSeconds = 3;
// Playlists give durations in milliseconds.
const segmentRoundingSeconds = 0.5;

const frameSeconds = 1 / 30;

const secondsOf = (milliseconds: string | null | undefined): number => Number(milliseconds ?? 0) / 1000;

/** Compares what the platform says of a Cam show with what was counted. */
export const compareCam = (results: Results, independent: CamIndependent): Check[] => {
  const { categories: { streaming, conversion, storage }, states } = results.usage.breakout;
  return [
    within('streaming: the encoder pushing, as seen from outside', connectingSeconds, 's', independent.pushedSeconds, secondsOf(streaming?.runMilliseconds)),
    within('what IVS took in: the same', connectingSeconds, 's', independent.pushedSeconds, secondsOf(streaming?.inputMilliseconds)),
    within('what IVS delivered: the segments that the viewer got', segmentRoundingSeconds, 's', independent.watchedSeconds, secondsOf(streaming?.deliveredMilliseconds)),
    // A show of less than a whole minute has no count.
    ...(results.audience ? [exactly('viewers now, while it was on: IVS\'s own count of the one viewer', '1 COUNT', `${results.audience.now?.viewers.value ?? 'none'} ${results.audience.now?.viewers.label ?? ''}`)] : []),
    exactly('packaging and delivery, which are built in', 'NOT_APPLICABLE NOT_APPLICABLE', `${states.packaging} ${states.delivery}`),
    within('conversion: the MP4\'s duration by ffprobe', frameSeconds * 2, 's', independent.convertedSeconds, secondsOf(conversion?.milliseconds)),
    exactly('storage: bytes in the bucket of recordings', independent.recordingBytes, BigInt(storage?.bytesHeld ?? 0)),
    ...sumChecks(results),
  ];
};

/** The same as rows of the table: what IVS delivers is streaming, too. */
export const camRows = ({ pushedSeconds, watchedSeconds, recordingBytes, convertedSeconds }: CamIndependent): readonly CategoryRow[] => {
  const [streaming, ...others] = categoryRows({ streaming: (pushedSeconds / 3600).toFixed(6), conversion: (convertedSeconds / 60).toFixed(6), storage: gigabytes(recordingBytes) });
  const delivered: CategoryRow = {
    name: 'Delivered hours',
    category: 'streaming',
    isCostElsewhere: true,
    quantity: ({ categories }) => categories.streaming?.deliveredHours ?? 'no data',
    counted: (watchedSeconds / 3600).toFixed(6),
  };
  return streaming === undefined ? [delivered, ...others] : [streaming, delivered, ...others];
};
