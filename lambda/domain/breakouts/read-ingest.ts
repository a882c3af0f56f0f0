import type { CamControl } from '../pipelines/cam-control.ts';
import type { CamPipeline } from '../pipelines/cam-pipeline.ts';
import type { InputControl } from '../pipelines/channel-control.ts';
import { channelPipelines, type PipelineRegistry, type ProPipeline } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { type Now, timestamp } from '../shared/time.ts';
import type { Breakout } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';
import { getBreakout } from './read-breakouts.ts';
import { type NewSecret, type StreamNames, type StreamNameVault, streamNamesOf } from './stream-names.ts';
import { hasEnded } from './transition.ts';

/** Where one encoder pushes to. */
export interface IngestEndpoint {
  readonly input: string;
  /** Which of the channel's pipelines it feeds. */
  readonly pipeline: '0' | '1';
  readonly protocol: 'RTMP' | 'RTMPS' | 'RTP';
  readonly url: string;
  /** Server and stream key as RTMP encoders ask for them; `url` is both in one. */
  readonly server?: string;
  readonly streamKey?: string;
  readonly note?: string;
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
  readonly cams: Pick<CamControl, 'keyArn'>;
  readonly streamNames: StreamNameVault;
  readonly audit: AuditTrail;
  readonly newSecret: NewSecret;
  readonly now: Now;
}

type PipelineInput = ProPipeline['channel']['inputs'][number];

const rtpNote = 'MPEG-TS over RTP has no stream name: who may push is decided by where it comes from alone';

const rtmpEndpoint = (base: string, streamName: string) => {
  const [application = '', streamKey = ''] = streamName.split('/');
  return { protocol: 'RTMP' as const, url: `${base}/${streamName}`, server: `${base}/${application}`, streamKey };
};

/** The endpoints of one input, one a pipeline of the channel: a single-pipeline channel takes nothing from a second one. */
const endpointsOf = async (deps: ReadIngestDeps, pipeline: ProPipeline, { inputId, name, type }: PipelineInput, names: StreamNames): Promise<readonly IngestEndpoint[]> => {
  const bases = await deps.inputs.endpoints(inputId);
  return channelPipelines(pipeline).flatMap((channelPipeline, index): readonly IngestEndpoint[] => {
    const base = bases[index]?.base;
    const streamName = names[inputId]?.[index];
    if (base === undefined) return [];
    const place = { input: name, pipeline: channelPipeline };
    if (type === 'RTP_PUSH') return [{ ...place, protocol: 'RTP', url: base, note: rtpNote }];
    return streamName === undefined ? [] : [{ ...place, ...rtmpEndpoint(base, streamName) }];
  });
};

/** What a Cam pipeline's one input is called. */
export const camInput = 'camera';

const unarmedNote = 'the stream key is made anew when the show starts: ask again then';

/** https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/getting-started-set-up-streaming.html */
const serverOf = ({ channel: { ingestEndpoint } }: CamPipeline): string => `rtmps://${ingestEndpoint}${ingestEndpoint.includes(':') ? '' : ':443'}/app`;

/** The endpoint of a Cam pipeline: its stream key is there while the show that asks has it armed. */
const camEndpoint = async (deps: ReadIngestDeps, { breakoutId, status }: Breakout, pipeline: CamPipeline): Promise<IngestEndpoint> => {
  const server = serverOf(pipeline);
  const endpoint = { input: camInput, pipeline: '0', protocol: 'RTMPS', server } as const;
  const keyArn = status === 'SCHEDULED' ? undefined : await deps.cams.keyArn(pipeline.channel.channelArn);
  const [streamKey] = keyArn === undefined ? [] : ((await deps.streamNames.keep(breakoutId, {}))[keyArn] ?? []);
  return streamKey === undefined ? { ...endpoint, url: server, note: unarmedNote } : { ...endpoint, url: `${server}/${streamKey}`, streamKey };
};

const proEndpoints = async (deps: ReadIngestDeps, { breakoutId }: Breakout, pipeline: ProPipeline): Promise<readonly IngestEndpoint[]> => {
  const names = await streamNamesOf(deps)(breakoutId, pipeline);
  const perInput = await Promise.all(pipeline.channel.inputs.map((input) => endpointsOf(deps, pipeline, input, names)));
  return perInput.flat();
};

/**
 * Where this breakout's encoders push to, known from the booking on; a Cam pipeline's stream key from its start on. Nobody gets it without a note in the audit trail.
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
    const endpoints = pipeline.kind === 'CAM' ? [await camEndpoint(deps, breakout, pipeline)] : await proEndpoints(deps, breakout, pipeline);
    return { breakoutId, validFrom: startRequestedAt ?? startsAt, endpoints };
  };
