/** Who may push to the inputs of pipelines. */
export interface SourceControl {
  /** The IPv4 ranges that an input security group lets in now. @throws NotFoundError, UnavailableError */
  allowed(groupId: string): Promise<readonly string[]>;
  /** Lets in these ranges and no others. @throws NotFoundError, UnavailableError */
  allow(groupId: string, sources: readonly string[]): Promise<void>;
}
