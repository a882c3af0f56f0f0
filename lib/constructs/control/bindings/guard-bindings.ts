import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import type { Binding } from '../control-resources.ts';

/** Announces what becomes of running shows: `sns:Publish` to the one topic. */
export const announces: Binding = (target, { announcements: { topic } }) =>
  target.bind('announcements', { ANNOUNCEMENTS_TOPIC_ARN: topic.topicArn }, new PolicyStatement({ actions: ['sns:Publish'], resources: [topic.topicArn] }));

/** Knows when a show that nobody feeds is stopped. */
export const knowsGuards: Binding = (target, { configuration: { show } }) =>
  target.bind('guards', { NO_INPUT_STOP_SECONDS: String(show.noInputStopSeconds), METRIC_DELAY_SECONDS: String(show.metricDelaySeconds) });
