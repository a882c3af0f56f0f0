import { BlockPublicAccess, BucketEncryption, type BucketProps } from 'aws-cdk-lib/aws-s3';
import { removalPolicyOf, type RetentionProps } from '../retention.ts';

/** What every bucket of a stage has in common: encrypted, reached by TLS only and never public; kept where the stage keeps its data. */
export const privateBucket = (retention: RetentionProps): Pick<BucketProps, 'blockPublicAccess' | 'encryption' | 'enforceSSL' | 'removalPolicy'> => ({
  blockPublicAccess: BlockPublicAccess.BLOCK_ALL,
  encryption: BucketEncryption.S3_MANAGED,
  enforceSSL: true,
  removalPolicy: removalPolicyOf(retention),
});
