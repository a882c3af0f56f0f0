import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import { CfnJobTemplate, CfnQueue } from 'aws-cdk-lib/aws-mediaconvert';
import type { Bucket } from 'aws-cdk-lib/aws-s3';
import { Construct } from 'constructs';
import { camRecordingsPrefix } from '../../../lambda/contract/cam-recordings.ts';
import type { RecordingsConfiguration } from '../../config/recordings.ts';
import { acknowledgePattern } from '../acknowledge.ts';
import { recordingJobSettings } from './conversion-settings.ts';

export interface ArchiveConversionProps {
  readonly stage: string;
  /** Read by jobs. */
  readonly archive: Bucket;
  /** Written by jobs. */
  readonly recordings: Bucket;
  /** Whether what Cam pipelines recorded is converted, too. */
  readonly readsCamRecordings: boolean;
  /** What is made, and how. */
  readonly configuration: RecordingsConfiguration;
}

/** MediaConvert's part: a queue, the template with the settings of every format, and the role that jobs run with. */
export class ArchiveConversion extends Construct {
  readonly queue: CfnQueue;
  readonly jobTemplate: CfnJobTemplate;
  /** `s3:GetObject` on the archive and on what Cam pipelines recorded, `s3:PutObject` on recordings. */
  readonly role: Role;

  constructor(scope: Construct, id: string, { stage, archive, recordings, readsCamRecordings, configuration }: ArchiveConversionProps) {
    super(scope, id);
    this.queue = new CfnQueue(this, 'Queue', { name: `${stage}-recordings`, description: 'Recordings of shows', pricingPlan: 'ON_DEMAND', status: 'ACTIVE' });
    this.jobTemplate = new CfnJobTemplate(this, 'Recording', {
      name: `${stage}-recording`,
      description: 'What can be made of an archive, in the Basic tier',
      queue: this.queue.attrArn,
      accelerationSettings: { mode: 'DISABLED' },
      settingsJson: recordingJobSettings(configuration),
    });
    this.role = new Role(this, 'Role', { description: 'What conversions may do', assumedBy: new ServicePrincipal('mediaconvert.amazonaws.com') });
    this.allow('s3:GetObject', archive.arnForObjects('*'));
    this.allow('s3:PutObject', recordings.arnForObjects('*'));
    if (readsCamRecordings) this.allow('s3:GetObject', recordings.arnForObjects(`${camRecordingsPrefix}*`));
  }

  private allow(action: string, objects: string): void {
    this.role.addToPolicy(new PolicyStatement({ actions: [action], resources: [objects] }));
    acknowledgePattern(this.role, objects, 'Jobs handle the objects of every show; the bucket holds nothing else.');
  }
}
