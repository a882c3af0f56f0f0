import type { ShowRun } from '../../breakouts/channel-run.ts';
import { secondsAfter } from '../../shared/time.ts';
import type { StreamHealth, Verdict } from '../health/health.ts';
import type { LoggedStream } from './logged-stream.ts';

/** All that a verdict on an armed Cam pipeline goes by. */
export interface JudgedStream {
  readonly run: Pick<ShowRun, 'started'>;
  readonly stream: StreamHealth | undefined;
  /** Whether an encoder streams that had connected before the show. */
  readonly isStranger: boolean;
  readonly logged: LoggedStream;
  readonly at: string;
}

interface Finding {
  readonly reason: string;
  readonly nextStep: string;
}

/** An encoder needs a moment from the start on: the stream key is new. Seconds. */
export const streamPatienceSeconds = 60;

const pushStep = 'start the encoder with the server and the stream key that GET …/ingest tells: the key is new with every start';

/** What the last alert of a stream that is no more asks for. */
const remedies: Readonly<Record<string, string>> = {
  'IVS bitrate': 'lower the encoder\'s bit rate below what the channel\'s type takes, or book a pipeline of another type',
  'IVS resolution': 'send a picture of at most 1920×1080',
  'IVS never-live': 'send H.264 pictures and AAC sound',
  'IVS failure': 'start the encoder again',
  'IVS broadcasts': 'end another stream of the AWS account, or ask AWS for a higher limit of streams at once',
};

const withoutStream = ({ run, isStranger, logged, at }: JudgedStream): Verdict => {
  const reasons = logged.alerts.map(({ message }) => message);
  if (isStranger) {
    const nextStep = 'wait a minute: it is disconnected by then, and the show\'s encoder can connect';
    return { level: 'BAD', summary: 'viewers see what is not the show', reasons: ['an encoder streams that had connected before the show', ...reasons], nextStep };
  }
  const isNew = logged.state === 'UNKNOWN' && (run.started === undefined || at < secondsAfter(run.started.at, streamPatienceSeconds));
  if (isNew) return { level: 'WAITING', summary: 'the pipeline is armed and nobody streams yet', reasons, nextStep: pushStep };
  const remedy = remedies[logged.alerts.at(-1)?.alertType ?? ''];
  const never = remedy === undefined ? 'nobody has streamed since the start' : 'no stream could be watched since the start';
  const lost = logged.state === 'UNKNOWN' ? never : 'the stream has ended';
  return { level: 'BAD', summary: 'viewers see nothing of the show', reasons: [lost, ...reasons], nextStep: remedy ?? pushStep };
};

// Segments end at key frames: https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/streaming-config.html recommends two seconds.
const longestKeyFrameSeconds = 4;

/** Nothing tells that viewers are taken again. */
const refusalSeconds = 600;

const findingsOf = ({ state, framesPerSecond, keyFrameSeconds }: StreamHealth, logged: LoggedStream, at: string): readonly Finding[] => [
  ...(state === 'STARVING' ? [{ reason: 'the stream starves: too little arrives of it', nextStep: 'lower the encoder\'s bitrate, or give it a better uplink' }] : []),
  ...(framesPerSecond === 0 ? [{ reason: 'no frames arrive', nextStep: 'check what the encoder is given to encode' }] : []),
  ...(keyFrameSeconds !== null && keyFrameSeconds > longestKeyFrameSeconds
    ? [{ reason: `key frames are ${keyFrameSeconds.toFixed(1)} s apart, at most ${longestKeyFrameSeconds} s are good`, nextStep: 'set the encoder\'s key frame interval to 2 s' }]
    : []),
  ...(logged.unrecorded === undefined ? [] : [{ reason: logged.unrecorded.message, nextStep: 'check the bucket of recordings and its policy: each stream that begins is tried anew' }]),
  ...(logged.refusedViewers === undefined || at >= secondsAfter(logged.refusedViewers.at, refusalSeconds)
    ? []
    : [{ reason: logged.refusedViewers.message, nextStep: 'ask AWS for a higher limit of viewers at once of Amazon IVS' }]),
  ...logged.alerts.filter(({ alertType }) => alertType !== 'IVS starvation').map(({ message }) => ({ reason: message, nextStep: 'see GET …/log' })),
];

/** The verdict on a Cam show that is armed. */
export const judgeStream = (judged: JudgedStream): Verdict => {
  const { stream, logged, at } = judged;
  if (stream === undefined) return withoutStream(judged);
  const findings = findingsOf(stream, logged, at);
  const reasons = findings.map(({ reason }) => reason);
  const [first] = findings;
  if (first !== undefined) return { level: 'WARNING', summary: 'the show goes on, but not all is well', reasons, nextStep: first.nextStep };
  if (stream.state === 'UNKNOWN') return { level: 'WAITING', summary: 'a stream arrives; how well is not known yet', reasons, nextStep: 'ask again in a minute' };
  return { level: 'GOOD', summary: 'all is well', reasons: [`the stream arrives since ${stream.startedAt}, and ${stream.viewers} watch`], nextStep: 'nothing' };
};
