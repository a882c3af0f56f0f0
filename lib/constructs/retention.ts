import { RemovalPolicy } from 'aws-cdk-lib';

/** What becomes of data when its stack is deleted. */
export interface RetentionProps {
  /** Whether the data survives the deletion of its stack. */
  readonly retainData: boolean;
}

/** Keeps data or deletes it with its stack. A bucket must be empty to be deleted: nothing empties it by itself. */
export const removalPolicyOf = ({ retainData }: RetentionProps): RemovalPolicy => (retainData ? RemovalPolicy.RETAIN : RemovalPolicy.DESTROY);
