import type { Breakout } from '../../breakouts/breakout.ts';
import { strayed } from '../../breakouts/log/input-states.ts';
import { isInputLoss } from '../../breakouts/log/input-loss.ts';
import type { InputHealth, PipelineHealth, Verdict } from './health.ts';
import type { RunningChannel } from './judge-inputs.ts';

interface Finding {
  readonly level: 'WARNING' | 'BAD';
  readonly reason: string;
  readonly nextStep: string;
}

const bad = (reason: string, nextStep: string): Finding => ({ level: 'BAD', reason, nextStep });

const warning = (reason: string, nextStep: string): Finding => ({ level: 'WARNING', reason, nextStep });

const inputFindings = ({ inputs }: Judged): readonly Finding[] => {
  const active = inputs.filter(({ activeOnPipelines }) => activeOnPipelines.length > 0);
  if (active.length > 0 && active.every(({ arriving }) => arriving === 'NO')) {
    return [bad(`no encoder arrives: ${active.map(({ name, reason }) => `${name}: ${reason}`).join('; ')}`, 'start the encoder with the address that GET …/ingest tells, and check that its network is among the allowed sources')];
  }
  return inputs
    .filter(({ arriving, activeOnPipelines }) => arriving === 'NO' && activeOnPipelines.length === 0)
    .map(({ name, reason }) => warning(`input ${name} does not arrive (${reason}): there is nothing to fail over to`, `check the encoder of ${name} and its uplink`));
};

const failoverFindings = ({ channel }: Judged): readonly Finding[] => {
  const active = new Map(channel.look.active.map(({ pipeline, input }) => [pipeline, input]));
  const preferred = channel.pipeline.channel.inputs[0]?.name ?? '';
  return strayed(channel.pipeline, { active, alerts: new Map() }).map(({ pipeline, input }) =>
    warning(`pipeline ${pipeline} failed over to ${input}: the show goes on without ${preferred}`, `bring the encoder of ${preferred} back; the channel returns to it by itself`),
  );
};

// Of a ladder of 30 frames a second, 20 to 30 are good; others in proportion. A tenth above it is a clock that is fast.
const leastShare = 20 / 30;
const mostShare = 1.1;

const rateFinding = (frames: number | null, ladder: number): readonly Finding[] => {
  if (frames === null || frames === 0) return [];
  const said = `${Math.round(frames)} frames a second arrive, ${Math.ceil(ladder * leastShare)} to ${Math.round(ladder)} are good for this ladder`;
  if (frames < ladder * leastShare) return [warning(said, 'lower the encoder\'s bitrate or resolution, or give it a better uplink')];
  return frames > ladder * mostShare ? [warning(said, `set the encoder to ${Math.round(ladder)} frames a second`)] : [];
};

const figureFindings = ({ channel, pipelines }: Judged): readonly Finding[] => {
  const ladder = Math.max(...channel.pipeline.channel.outputs.map(({ framesPerSecond }) => framesPerSecond));
  return pipelines.flatMap(({ pipeline, inputFramesPerSecond, droppedFrames }) => [
    ...rateFinding(inputFramesPerSecond, ladder),
    ...(droppedFrames !== null && droppedFrames > 0
      ? [warning(`pipeline ${pipeline} dropped ${droppedFrames} frames in five minutes: it lags`, 'watch whether it goes on; if it does, simplify what the encoder sends')]
      : []),
  ]);
};

const alertFindings = ({ channel }: Judged): readonly Finding[] =>
  channel.alerts
    .filter(({ alertType }) => !isInputLoss(alertType))
    .map(({ alertType, pipeline, message }) => warning(`pipeline ${pipeline}: ${alertType}${message === '' ? '' : ` (${message})`}`, `see what MediaLive says of "${alertType}"`));

/** All that a verdict on a running show goes by. */
export interface Judged {
  readonly channel: RunningChannel;
  readonly inputs: readonly InputHealth[];
  readonly pipelines: readonly PipelineHealth[];
}

/** The verdict on a show whose channel runs: the worst finding decides, and its next step comes first. */
export const judgeRunning = (judged: Judged): Verdict => {
  const findings = [...inputFindings(judged), ...failoverFindings(judged), ...figureFindings(judged), ...alertFindings(judged)];
  const worst = findings.find(({ level }) => level === 'BAD') ?? findings[0];
  if (worst !== undefined) {
    const summary = worst.level === 'BAD' ? 'viewers see nothing of the show' : 'the show goes on, but not all is well';
    return { level: worst.level, summary, reasons: findings.map(({ reason }) => reason), nextStep: worst.nextStep };
  }
  const unknown = judged.inputs.filter(({ activeOnPipelines, arriving }) => activeOnPipelines.length > 0 && arriving === 'UNKNOWN');
  const active = judged.inputs.filter(({ activeOnPipelines }) => activeOnPipelines.length > 0);
  if (active.length === 0 || unknown.length > 0) {
    const reasons = unknown.map(({ name, reason }) => `${name}: ${reason}`);
    return { level: 'WAITING', summary: 'the channel runs; how well is not known yet', reasons, nextStep: 'ask again in a minute' };
  }
  return { level: 'GOOD', summary: 'all is well', reasons: active.map(({ name, reason }) => `${name}: ${reason}`), nextStep: 'nothing' };
};

const idleVerdicts: Readonly<Record<Breakout['status'], Omit<Verdict, 'reasons'>>> = {
  SCHEDULED: { level: 'NOT_RUNNING', summary: 'the show has not been started', nextStep: 'start it when its encoders are ready: they can arrive once the channel runs' },
  STARTING: { level: 'WAITING', summary: 'the channel starts', nextStep: 'ask again in a minute; encoders can arrive once it runs' },
  RUNNING: { level: 'BAD', summary: 'the show is said to run, and its channel does not', nextStep: 'wait two minutes for the platform to mend it; if it does not, stop the show' },
  STOPPING: { level: 'NOT_RUNNING', summary: 'the show is being stopped', nextStep: 'nothing' },
  COMPLETED: { level: 'NOT_RUNNING', summary: 'the show is over', nextStep: 'nothing; GET …/log tells how it went' },
  ABORTED: { level: 'NOT_RUNNING', summary: 'the show was aborted', nextStep: 'nothing; GET …/log tells how it went' },
  FAILED: { level: 'NOT_RUNNING', summary: 'the show failed', nextStep: 'read the failure; reset the show if nothing of it ran, else book another one' },
};

/** The verdict on a show whose channel does not run. */
export const judgeIdle = ({ status, failure }: Breakout): Verdict => ({ ...idleVerdicts[status], reasons: failure === undefined ? [] : [`${failure.code}: ${failure.message}`] });
