/** The decoders' configuration of a stream, each as the data of its FLV tag. */
export interface StreamConfiguration {
  readonly video: Buffer;
  /** Absent when the stream has no sound. */
  readonly audio?: Buffer;
}
