/** How far local mode follows AWS in one thing, for docs/local-parity.md. */
export interface ParityNote {
  /** A service's signing name (`cloudfront`) or a resource type (`AWS::CloudFront::Distribution`). */
  readonly subject: string;
  /** An operation, a property path (`DistributionConfig.PriceClass`) or a behaviour in a few words. */
  readonly item: string;
  /** `enforced`: as on AWS. `inert`: accepted without effect. `refused`: an error that says so. */
  readonly stance: 'enforced' | 'inert' | 'refused';
  /** Why, for what is not enforced. */
  readonly reason?: string;
}
