/** Where the platform's own metrics are. */
export const metricNamespace = 'VisionStream';

/** The platform's own metrics, without dimensions. */
export const metricNames = {
  /** Access logs that could not be counted. */
  accessLogsSetAside: 'AccessLogsSetAside',
  /** Runs of the hourly booking of what accrues that left nothing over. */
  accrualsBooked: 'AccrualsBooked',
  /** Daily inventories of storage that compared everything. */
  inventoriesTaken: 'InventoriesTaken',
  /** Readings of the Price List that left a book in force. */
  priceListsRead: 'PriceListsRead',
  /** Hourly looks at the month that found usage without a price. */
  usageUnpriced: 'UsageUnpriced',
} as const;
