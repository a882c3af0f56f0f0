import * as z from 'zod';

/** What the keys of everything begin with that IVS records. https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/record-to-s3.html */
export const camRecordingsPrefix = 'ivs/v1/';

/** The folder of one recording: account, channel, year, month, day, hour and minute in UTC, and an id. */
const folder = /^(ivs\/v1\/\d{12}\/[A-Za-z0-9]{1,24}(?:\/\d{1,4}){5}\/[A-Za-z0-9]{1,24}\/)/;

/** The folder that a key lies in; undefined when IVS did not record it. */
export const camRecordingFolder = (key: string): string | undefined => folder.exec(key)?.[1];

/** A recording's metadata file, `events/recording-{started,ended,failed}.json`. */
export const camRecordingMetadataSchema = z.object({
  recording_started_at: z.iso.datetime({ offset: true }),
  recording_ended_at: z.iso.datetime({ offset: true }).optional(),
  recording_status: z.string(),
  recording_status_message: z.string().optional(),
  media: z.object({
    hls: z.object({
      duration_ms: z.number().nonnegative().default(0),
      path: z.string(),
      playlist: z.string(),
      renditions: z.array(z.object({ path: z.string(), resolution_width: z.number(), resolution_height: z.number() })),
    }),
  }),
});
