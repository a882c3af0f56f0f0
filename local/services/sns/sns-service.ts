import * as sns from '@aws-sdk/client-sns';
import { defineService } from '../../gateway/define-service.ts';
import type { SchemaService } from '../../gateway/service.ts';
import type { StateStore } from '../../runtime/state/collection.ts';
import { publishOperation, type PublishDeps } from './publish-operation.ts';
import { subscriptionOperations } from './subscription-operations.ts';
import { topicOperations } from './topic-operations.ts';
import { openTopics } from './topics.ts';

/** What the service is made from. */
export interface SnsServiceDeps extends PublishDeps {
  readonly state: StateStore;
}

/** SNS: standard topics to which queues and functions subscribe. */
export const createSnsService = ({ state, ...publishing }: SnsServiceDeps): SchemaService => {
  const topics = openTopics(state);
  return defineService('sns', sns, { ...topicOperations(topics), ...subscriptionOperations(topics), ...publishOperation(topics, publishing) });
};
