import * as z from 'zod';

/** What the topic tells of: a running show's inputs and recording, and what guards did or found. */
const announcementKinds = ['INPUT_LOST', 'FAILED_OVER', 'RECOVERED', 'RECORDING_FAILED', 'STOPPED_BY_GUARD', 'ORPHAN_CHANNEL'] as const;

/**
 * A message on the announcements' topic, as JSON. Its attributes `kind` and, where there is one, `accountId` are for
 * subscriptions' filter policies. Fields may be added within a version.
 */
export const announcementSchema = z.object({
  schemaVersion: z.literal(1),
  /** The same when the same is told again; at most one message has it. */
  id: z.string().min(1),
  kind: z.enum(announcementKinds),
  /** When it happened: ISO 8601 UTC. */
  at: z.iso.datetime(),
  pipelineId: z.string().min(1),
  /** A sentence for people. */
  message: z.string().min(1),
  /** The show that it is about; absent = the channel runs for nobody. */
  show: z.object({ breakoutId: z.string(), eventId: z.string(), accountId: z.string(), title: z.string() }).exactOptional(),
  /** The channel's pipeline, `0` or `1`, where one alone is meant. */
  pipeline: z.string().exactOptional(),
  /** The input that is meant, by the name of its attachment. */
  input: z.string().exactOptional(),
});

export type AnnouncementMessage = z.infer<typeof announcementSchema>;
