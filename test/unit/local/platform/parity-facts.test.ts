import * as s3 from '@aws-sdk/client-s3';
import { renderParityPage } from '../../../../local/assembly/parity.ts';
import { collectParityFacts } from '../../../../local/platform/parity-facts.ts';

describe('the facts of the parity page', () => {
  it('tell of every service, operation and resource type, each time the same', async () => {
    const first = renderParityPage(await collectParityFacts());

    expect(renderParityPage(await collectParityFacts())).toBe(first);
    expect(first).toMatch(/^\| medialive \| .*StartChannel/m);
    expect(first).toMatch(/^\| dynamodb \| .*TransactWriteItems/m);
    expect(first).toContain('| AWS::DynamoDB::Table | SSESpecification | inert | kept and described: data at rest is not encrypted on this machine |');
  });

  it('name the operations of S3 as its SDK does', async () => {
    const { services } = await collectParityFacts();

    const served = services.find(({ signingName }) => signingName === 's3')?.operations ?? [];

    expect(served).toContain('PutObject');
    expect(served.filter((name) => !(`${name}Command` in s3))).toEqual([]);
  });
});
