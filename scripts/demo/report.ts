import { writeFileSync } from 'node:fs';
import { z } from 'zod';
import { breakoutAudienceSchema } from '../../lambda/contract/api/audience.ts';
import { logEntryBodySchema } from '../../lambda/contract/api/log.ts';
import { accountUsageSchema, breakoutUsageSchema, eventUsageSchema, usageLineSchema } from '../../lambda/contract/api/usage.ts';
import { independentSchema, notApplicable } from './independent.ts';

const secondsOrNone = z.union([z.number(), z.literal(notApplicable)]);

/** What `--report` writes, of a show of either kind: the same fields of both, described in docs/demo-report.md. */
export const demoReportSchema = z.strictObject({
  breakoutId: z.string(),
  pipelineId: z.string(),
  kind: z.enum(['PRO', 'CAM']),
  /** As the API answers them. */
  usage: z.strictObject({ breakout: breakoutUsageSchema, event: eventUsageSchema, account: accountUsageSchema }),
  lines: z.array(usageLineSchema),
  /** Null where IVS counted no viewers: of a show without a whole minute, or one that is not waited for. */
  audience: breakoutAudienceSchema.nullable(),
  /** What was counted without the platform. */
  independent: independentSchema,
  /** What happened in the show, where the demo is about that: with --failover. */
  log: z.array(logEntryBodySchema),
  checks: z.array(z.strictObject({ name: z.string(), expected: z.string(), measured: z.string(), ok: z.boolean() })),
  timings: z.strictObject({
    platformReadySeconds: z.number(),
    pushToFirstSegmentSeconds: z.number(),
    latencySeconds: z.number(),
    idleToProvisionalSeconds: z.number(),
    /** Not applicable with --provisional. */
    idleToFinalSeconds: secondsOrNone,
  }),
});

/** The figures of a demo. */
export type DemoReport = z.infer<typeof demoReportSchema>;

/** Writes the report as JSON. @throws Error when the file cannot be written */
export const writeReport = (file: string, report: DemoReport): void => {
  const text = JSON.stringify(demoReportSchema.parse(report), null, 2);
  writeFileSync(file, `${text}\n`);
};
