/** Thrown when a peer sends what RTMP does not allow or what exceeds this server's limits. The connection is closed. */
export class RtmpProtocolError extends Error {
  override readonly name = 'RtmpProtocolError';
}
