/** Where the platform's own metrics are. */
export const metricNamespace = 'VisionStream';

/** The platform's own metrics, without dimensions. */
export const metricNames = {
  /** Access logs that could not be counted. */
  accessLogsSetAside: 'AccessLogsSetAside',
} as const;
