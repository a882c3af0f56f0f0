/** Where a stage's metrics of usage are, apart from those of other stages in the same AWS account. */
export const usageMetricNamespace = (stage: string): string => `VisionStream/Usage/${stage}`;

/** The categories that metrics are of; their money has a sum, `total`. */
export const usageMetricCategories = ['streaming', 'packaging', 'delivery', 'conversion', 'storage'] as const;

/** A category. */
export type UsageMetricCategory = (typeof usageMetricCategories)[number];

/** What is told of an account and category, each since the UTC month began: list price, price for the customer, and the product's own unit. */
export const usageMetricNames = {
  cost: 'CostUsd',
  charge: 'ChargeUsd',
  quantity: { streaming: 'Hours', packaging: 'Gigabytes', delivery: 'Gigabytes', conversion: 'Minutes', storage: 'GigabytesHeld' },
} as const satisfies { readonly cost: string; readonly charge: string; readonly quantity: Record<UsageMetricCategory, string> };

/** What stands for an account where a metric is of all of them, overheads included, and of the overheads alone. */
export const usageMetricOwners = { everything: 'ALL', overheads: 'OVERHEADS' } as const;

/** The names of the metrics' dimensions. */
export const usageMetricDimensions = { account: 'AccountId', category: 'Category' } as const;
