import { AttributeType, BillingMode, ProjectionType, Table } from 'aws-cdk-lib/aws-dynamodb';
import { Construct } from 'constructs';
import { listIndexName } from '../../../lambda/contract/table-keys.ts';
import { removalPolicyOf, type RetentionProps } from '../retention.ts';

/** The one table of accounts, events, breakouts and usage. Its keys are in lambda/contract/table-keys.ts. */
export class EntityTable extends Construct {
  readonly table: Table;

  constructor(scope: Construct, id: string, props: RetentionProps) {
    super(scope, id);
    this.table = new Table(this, 'Table', {
      partitionKey: { name: 'PK', type: AttributeType.STRING },
      sortKey: { name: 'SK', type: AttributeType.STRING },
      billingMode: BillingMode.PAY_PER_REQUEST,
      pointInTimeRecoverySpecification: { pointInTimeRecoveryEnabled: true },
      timeToLiveAttribute: 'expiresAt',
      deletionProtection: props.retainData,
      removalPolicy: removalPolicyOf(props),
    });
    this.table.addGlobalSecondaryIndex({
      indexName: listIndexName,
      partitionKey: { name: `${listIndexName}PK`, type: AttributeType.STRING },
      sortKey: { name: `${listIndexName}SK`, type: AttributeType.STRING },
      projectionType: ProjectionType.ALL,
    });
  }
}
