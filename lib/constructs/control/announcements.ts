import { Alias } from 'aws-cdk-lib/aws-kms';
import { Topic } from 'aws-cdk-lib/aws-sns';
import { Construct } from 'constructs';

export interface AnnouncementsProps {
  readonly stage: string;
}

/** The topic that tells subscribers when a running show loses an input, fails over or is stopped by a guard. Only over TLS. */
export class Announcements extends Construct {
  readonly topic: Topic;

  constructor(scope: Construct, id: string, { stage }: AnnouncementsProps) {
    super(scope, id);
    this.topic = new Topic(this, 'Topic', {
      topicName: `${stage}-announcements`,
      displayName: `Shows of ${stage}`,
      enforceSSL: true,
      // SNS's own key costs nothing, and whoever may publish may use it.
      masterKey: Alias.fromAliasName(this, 'Key', 'alias/aws/sns'),
    });
  }
}
