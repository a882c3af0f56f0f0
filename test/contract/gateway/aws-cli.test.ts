import { awsCli, describeWithAwsCli } from '../../support/gateway/aws-cli.ts';
import { demoServices } from '../../support/gateway/demo-services.ts';
import { type LocalGateway, startGateway } from '../../support/gateway/local-gateway.ts';

describeWithAwsCli('AWS CLI', () => {
  const demo = demoServices();
  let gateway: LocalGateway;

  beforeAll(async () => {
    gateway = await startGateway({ services: demo.services });
  });

  afterAll(() => gateway.close());

  it('lists channels (restJson1)', async () => {
    await expect(awsCli(gateway.settings, 'medialive', 'list-channels', '--no-paginate')).resolves.toMatchObject({ Channels: [{ Id: '1', State: 'IDLE' }] });
  });

  it('lists distributions (restXml)', async () => {
    await expect(awsCli(gateway.settings, 'cloudfront', 'list-distributions', '--no-paginate')).resolves.toMatchObject({ DistributionList: { Quantity: 0 } });
  });

  it('reads metrics (CBOR)', async () => {
    const queries = '[{"Id":"m1","MetricStat":{"Metric":{"Namespace":"AWS/S3","MetricName":"x"},"Period":60,"Stat":"Sum"}}]';

    const output = await awsCli(gateway.settings, 'cloudwatch', 'get-metric-data', '--start-time', '2026-11-23T10:00:00Z', '--end-time', '2026-11-23T11:00:00Z', '--metric-data-queries', queries);

    expect(demo.inputs.GetMetricData).toMatchObject({ StartTime: new Date('2026-11-23T10:00:00Z'), MetricDataQueries: [{ Id: 'm1' }] });
    expect(output).toMatchObject({ MetricDataResults: [{ Id: 'm1', Values: [1.5, 20], Timestamps: [Date.parse('2026-11-23T10:00:00Z') / 1000] }] });
  });

  it('tells a modelled error (CBOR)', async () => {
    await expect(awsCli(gateway.settings, 'cloudwatch', 'describe-alarms')).rejects.toThrow(/InvalidNextToken.*bad token/);
  });

  it('creates a role (awsQuery)', async () => {
    const output = await awsCli(gateway.settings, 'iam', 'create-role', '--role-name', 'a', '--assume-role-policy-document', '{}', '--tags', 'Key=k,Value=v');

    expect(output).toMatchObject({ Role: { RoleName: 'a', Tags: [{ Key: 'k', Value: 'v' }] } });
  });

  it('tells modelled errors of REST services', async () => {
    await expect(awsCli(gateway.settings, 'medialive', 'describe-channel', '--channel-id', '7')).rejects.toThrow(/NotFoundException.*channel 7 does not exist/);
    await expect(awsCli(gateway.settings, 'cloudfront', 'get-distribution', '--id', 'E7')).rejects.toThrow(/NoSuchDistribution.*no <E7>/);
  });

  it('tells that an operation is not implemented', async () => {
    await expect(awsCli(gateway.settings, 'medialive', 'list-inputs')).rejects.toThrow(/NotImplementedException/);
  });
});
