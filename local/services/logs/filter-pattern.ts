import { InvalidParameterException } from '@aws-sdk/client-cloudwatch-logs';

/**
 * Whether a message matches a filter pattern of terms: every term occurs, none with a leading minus does, and of those
 * with a leading question mark any. https://docs.aws.amazon.com/AmazonCloudWatch/latest/logs/FilterAndPatternSyntax.html
 * Throws `InvalidParameterException` for patterns of JSON, of columns and of regular expressions.
 */
export const filterPattern = (pattern = ''): ((message: string) => boolean) => {
  if (/^\s*[{[]|%/.test(pattern)) {
    throw new InvalidParameterException({ message: `Invalid filter pattern: only terms are implemented on this machine, got ${pattern}`, $metadata: {} });
  }
  const terms = [...pattern.matchAll(/([-?]?)(?:"([^"]*)"|(\S+))/g)].map(([, sign = '', phrase, word]) => ({ sign, text: phrase ?? word ?? '' }));
  const signed = (sign: string): string[] => terms.filter((term) => term.sign === sign).map(({ text }) => text);
  const [required, excluded, any] = [signed(''), signed('-'), signed('?')];
  return (message) =>
    required.every((text) => message.includes(text)) && !excluded.some((text) => message.includes(text)) && (any.length === 0 || any.some((text) => message.includes(text)));
};
