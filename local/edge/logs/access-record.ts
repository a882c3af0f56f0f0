/** One answered request, as access logs and metrics tell it. */
export interface AccessRecord {
  readonly distributionId: string;
  readonly requestId: string;
  /** When the edge had finished, in milliseconds since the epoch. */
  readonly finishedAt: number;
  readonly edgeLocation: string;
  readonly method: string;
  /** The viewer's own path and query, as sent. */
  readonly uri: string;
  readonly query: string;
  /** 0 = the viewer left before it had one. */
  readonly status: number;
  /** All that the viewer was sent: status line, headers and body. */
  readonly sentBytes: number;
  readonly receivedBytes: number;
  /** Bytes of the request's body alone. */
  readonly uploadedBytes: number;
  readonly ip: string;
  readonly port: number;
  readonly requestHeaders: Readonly<Record<string, string>>;
  readonly distributionHost: string;
  /** `x-edge-result-type` and, where it is more exact, `x-edge-detailed-result-type`. */
  readonly result: string;
  readonly detail: string;
  readonly takenMilliseconds: number;
  readonly firstByteMilliseconds: number;
  readonly httpVersion: string;
  readonly contentType?: string;
  readonly contentLength?: string;
  /** `[first, last]` of a range that was served. */
  readonly range?: readonly [string, string];
}
