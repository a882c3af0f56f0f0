import type { InputControl } from '../pipelines/channel-control.ts';
import type { PipelineRegistry } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { BreakoutStore } from './breakout-store.ts';
import { getBreakout } from './read-breakouts.ts';
import { namedInputs, type NewSecret, type StreamNameVault, streamNamesOf } from './stream-names.ts';
import { hasEnded } from './transition.ts';

/** Where one encoder pushes to. */
export interface IngestEndpoint {
  readonly input: string;
  /** Server and stream key as encoders ask for them, and both in one. */
  readonly server: string;
  readonly streamKey: string;
  readonly url: string;
}

/** How a breakout is fed. Names are accepted from `validFrom` on, until the show ends. */
export interface Ingest {
  readonly breakoutId: string;
  readonly validFrom: string;
  readonly endpoints: readonly IngestEndpoint[];
}

/** Notes that someone did something that must be known later. */
export interface AuditTrail {
  record(entry: { readonly accountId: string; readonly at: string; readonly action: string; readonly subject: string; readonly breakoutId: string }): Promise<void>;
}

/** What reading stream names needs. */
export interface ReadIngestDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly inputs: Pick<InputControl, 'endpoints'>;
  readonly streamNames: StreamNameVault;
  readonly audit: AuditTrail;
  readonly newSecret: NewSecret;
  readonly now: Now;
}

const endpointOf = (input: string, base: string, streamName: string): IngestEndpoint => {
  const [application = '', streamKey = ''] = streamName.split('/');
  return { input, server: `${base}/${application}`, streamKey, url: `${base}/${streamName}` };
};

/**
 * Where this breakout's encoders push to, known from the booking on. Nobody gets it without a note in the audit trail.
 * @throws NotFoundError, ConflictError when the show is over, UnavailableError
 */
export const readIngest =
  (deps: ReadIngestDeps) =>
  async (caller: Caller, breakoutId: string): Promise<Ingest> => {
    const breakout = await getBreakout(deps)(caller, breakoutId);
    const { accountId, pipelineId, status, startRequestedAt, startsAt } = breakout;
    if (hasEnded(breakout)) {
      throw new ConflictError({ code: 'breakout-over', message: `breakout ${breakoutId} is ${status}: its stream names are no longer accepted`, details: { status } });
    }
    await deps.audit.record({ accountId, at: timestamp(deps.now()), action: 'read-ingest', subject: caller.subject, breakoutId });
    const pipeline = await deps.pipelines.get(pipelineId);
    const names = await streamNamesOf(deps)(breakoutId, pipeline);
    const perInput = await Promise.all(
      namedInputs(pipeline).map(async ({ inputId, name }) => {
        const bases = await deps.inputs.endpoints(inputId);
        return (names[inputId] ?? []).flatMap((streamName, index) => {
          const base = bases[index]?.base;
          return base === undefined ? [] : [endpointOf(name, base, streamName)];
        });
      }),
    );
    return { breakoutId, validFrom: startRequestedAt ?? startsAt, endpoints: perInput.flat() };
  };
