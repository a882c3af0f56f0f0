import { PolicyStatement } from 'aws-cdk-lib/aws-iam';
import { acknowledgePattern } from '../../acknowledge.ts';
import { metricNamespace } from '../../../../lambda/contract/metric-names.ts';
import { usageMetricNamespace } from '../../../../lambda/contract/usage-metrics.ts';
import type { Binding, ControlResources } from '../control-resources.ts';

/** Knows when a show's sources count as settled. */
export const knowsSettling: Binding = (target, { configuration: { usage } }) => target.bind('settle', { USAGE_SETTLE_SECONDS: String(usage.settleSeconds) });

const pricingRegions = ({ configuration: { region, pricing } }: ControlResources) => ({
  PRICED_REGION: pricing.pricedRegion ?? region,
  PRICE_LIST_REGION: pricing.priceListRegion,
});

/** Knows whose prices apply; the price book is in the table. */
export const knowsPrices: Binding = (target, resources) => target.bind('pricing', pricingRegions(resources));

/** Reads the Price List: `pricing:GetProducts`, which has no resources. */
export const readsPriceList: Binding = (target, resources) => {
  target.bind('pricing', pricingRegions(resources), new PolicyStatement({ actions: ['pricing:GetProducts'], resources: ['*'] }));
  acknowledgePattern(target, '*', 'The Price List has no resource-level permissions.');
};

/** Reads metrics: `cloudwatch:GetMetricData`, which has no resources. */
export const readsMetrics: Binding = (target) => {
  target.allow(new PolicyStatement({ actions: ['cloudwatch:GetMetricData'], resources: ['*'] }));
  acknowledgePattern(target, '*', 'Metrics have no resource-level permissions.');
};

/** Knows where viewers of Cam pipelines are: `cloudwatch:ListMetrics`, which has no resources. */
export const listsMetrics: Binding = (target) => {
  target.allow(new PolicyStatement({ actions: ['cloudwatch:ListMetrics'], resources: ['*'] }));
  acknowledgePattern(target, '*', 'Metrics have no resource-level permissions.');
};

/** Counts in the stage's own metrics, by its log: no permission. */
export const countsMetrics: Binding = (target, { configuration: { stage } }) => target.bind('metrics', { METRIC_NAMESPACE: metricNamespace(stage) });

/** Publishes metrics of usage: `cloudwatch:PutMetricData` in the stage's own namespace. */
export const publishesUsage: Binding = (target, { configuration: { stage, region } }) => {
  const namespace = usageMetricNamespace(stage);
  const conditions = { StringEquals: { 'cloudwatch:namespace': namespace } };
  target.bind('usageMetrics', { USAGE_METRIC_NAMESPACE: namespace, USAGE_METRIC_REGION: region }, new PolicyStatement({ actions: ['cloudwatch:PutMetricData'], resources: ['*'], conditions }));
  acknowledgePattern(target, '*', 'Metrics have no resource-level permissions; the condition names their namespace.');
};

/** Knows who issues access tokens and for whom. */
export const knowsIssuer: Binding = (target, { foundation: { identity } }) => {
  const operator = identity.operatorClient.userPoolClientId;
  target.bind('issuer', {
    TOKEN_ISSUER: identity.pool.userPoolProviderUrl,
    TOKEN_CLIENT_IDS: [identity.webClient.userPoolClientId, operator].join(','),
    OPERATOR_CLIENT_IDS: operator,
  });
};
