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

  it('tells that an operation is not implemented', async () => {
    await expect(awsCli(gateway.settings, 'medialive', 'list-inputs')).rejects.toThrow(/NotImplementedException/);
  });
});
