import type { PipelineConfiguration } from '../../lib/config/pipeline-configuration.ts';
import type { Allowed } from './allowed-counts.ts';
import type { Existing } from './existing-counts.ts';
import { countedThings, mediaLiveQuotas, mediaLiveServiceCode, type CountedThing } from './media-live-quotas.ts';
import { neededCounts } from './needed-counts.ts';

/** What a deploy does to one quota. */
export interface QuotaFinding {
  readonly name: string;
  readonly existing: number;
  /** What the deploy adds: what the stage's pipelines have already is not added again. */
  readonly added: number;
  readonly allowed: Allowed;
  readonly isExceeded: boolean;
  /** What to do where it is exceeded. Absent = ask MediaLive for more. */
  readonly remedy?: string;
}

const addedBy = (pipelines: readonly PipelineConfiguration[], existing: Existing, thing: CountedThing): number =>
  pipelines.reduce((sum, pipeline) => sum + Math.max(0, neededCounts(pipeline)[thing] - existing.ofPipeline(pipeline.id)[thing]), 0);

/** What a deploy of the pipelines does to each quota that they count against. */
export const quotaFindings = (pipelines: readonly PipelineConfiguration[], existing: Existing, allowed: (thing: CountedThing) => Allowed): readonly QuotaFinding[] =>
  countedThings
    .map((thing) => {
      const [present, added, limit] = [existing.total[thing], addedBy(pipelines, existing, thing), allowed(thing)];
      return { name: mediaLiveQuotas[thing].name, existing: present, added, allowed: limit, isExceeded: added > 0 && present + added > limit.value };
    })
    .filter(({ existing: present, added }) => present + added > 0);

const line = ({ name, existing, added, allowed, isExceeded }: QuotaFinding): string => {
  const source = allowed.isAssumed ? ' (a new account\'s: Service Quotas did not tell)' : '';
  return `${isExceeded ? 'FAIL' : 'ok  '}  ${name}: ${existing} exist, the deploy adds ${added}, ${allowed.value} are allowed${source}`;
};

const remedyOf = ({ existing, added, allowed, remedy }: QuotaFinding, region: string): string =>
  remedy === undefined
    ? `      ask for more: aws service-quotas request-service-quota-increase --region ${region} --service-code ${mediaLiveServiceCode} --quota-code ${allowed.code} --desired-value ${existing + added}`
    : `      ${remedy}`;

/** The findings for people: each quota with its numbers, and how to ask for more of what is exceeded. */
export const renderFindings = (findings: readonly QuotaFinding[], region: string): string =>
  findings.flatMap((finding) => (finding.isExceeded ? [line(finding), remedyOf(finding, region)] : [line(finding)])).join('\n');
