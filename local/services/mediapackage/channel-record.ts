/** A channel as it is kept. */
export interface ChannelRecord {
  readonly id: string;
  /** The part of its ARN and ingest URLs that the service chooses. */
  readonly guid: string;
  readonly description?: string;
  readonly tags: Readonly<Record<string, string>>;
  readonly createdAt: string;
  readonly ingestEndpoints: readonly IngestEndpointRecord[];
}

/** One of a channel's two ingest URLs. */
export interface IngestEndpointRecord {
  readonly id: string;
  readonly username: string;
  readonly password: string;
}
