/** An event that a service puts on the default bus, before its envelope. */
export interface ServiceEvent {
  /** `aws.medialive` */
  readonly source: string;
  readonly detailType: string;
  readonly resources: readonly string[];
  readonly detail: Readonly<Record<string, unknown>>;
}

/** Where services emit their events. Delivery is late by the time scale and never blocks or fails the emitter. */
export interface EventSink {
  emit(event: ServiceEvent): void;
}

/** One observation of a metric. CloudWatch aggregates observations into periods. */
export interface MetricObservation {
  readonly namespace: string;
  readonly name: string;
  readonly dimensions: Readonly<Record<string, string>>;
  readonly value: number;
  readonly unit?: string;
  /** Milliseconds since the epoch; now when absent. */
  readonly at?: number;
}

/** Where services record metrics. They can be read late by the time scale, as on AWS. */
export interface MetricSink {
  record(observation: MetricObservation): void;
}

/** What an AWS SDK client needs to call this machine's endpoints. */
export interface ClientSettings {
  readonly region: string;
  readonly endpoint: string;
  readonly credentials: { readonly accessKeyId: string; readonly secretAccessKey: string; readonly sessionToken?: string };
}

/** Sessions of roles that services assume (a channel's role, a conversion's role): their calls are checked as everyone's are. */
export interface RoleSessions {
  /** Client settings of a session of the role. Throws when the role does not exist or does not trust the service (`medialive.amazonaws.com`). */
  assume(roleArn: string, servicePrincipal: string, sessionName: string): ClientSettings;
}

/** Client settings of a service that calls as itself (`cloudfront.amazonaws.com`) for one of its resources. */
export type ServiceSessions = (service: string, sourceArn: string) => ClientSettings;

/** One line of a log. */
export interface LogEntry {
  readonly logGroupName: string;
  readonly logStreamName: string;
  readonly message: string;
  /** Milliseconds since the epoch. */
  readonly at: number;
}

/** Where services and functions write their logs. Writing never blocks or fails the writer. */
export interface LogSink {
  write(entry: LogEntry): void;
}

/**
 * Puts tags of AWS's own (`aws:cloudformation:stack-name`) on a resource, by its ARN. They come from inside AWS: no operation of a service takes keys
 * that begin with `aws:`. https://docs.aws.amazon.com/tag-editor/latest/userguide/best-practices-and-strats.html
 */
export type SystemTagging = (arn: string, tags: Readonly<Record<string, string>>) => void;
