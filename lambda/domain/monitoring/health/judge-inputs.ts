import { inputNamedIn, isInputLoss } from '../../breakouts/log/input-loss.ts';
import type { ProPipeline } from '../../pipelines/pipeline.ts';
import type { ChannelLook, ListedAlert } from '../channel-watch.ts';
import type { InputHealth, WatchedWindow } from './health.ts';
import { latest } from './watch-figures.ts';

/** What is known of a running channel. */
export interface RunningChannel {
  readonly pipeline: ProPipeline;
  readonly look: ChannelLook;
  /** The alerts that are set. */
  readonly alerts: readonly ListedAlert[];
  readonly window?: WatchedWindow;
}

type Judgement = Pick<InputHealth, 'arriving' | 'reason'>;

const ofActive = ({ window }: RunningChannel, pipelines: readonly string[]): Judgement => {
  const rates = pipelines.map((pipeline) => latest(window, pipeline, 'inputFramesPerSecond'));
  const rate = rates.find((one) => one !== null && one > 0);
  if (rate !== undefined && rate !== null) return { arriving: 'YES', reason: `${Math.round(rate)} frames a second arrive` };
  if (rates.includes(0)) return { arriving: 'NO', reason: 'it arrived before, and sends no frames now' };
  const isMeasured = pipelines.some((pipeline) => latest(window, pipeline, 'inputMegabitsPerSecond') !== null);
  if (isMeasured) return { arriving: 'NO', reason: 'nothing has arrived since the channel started' };
  return { arriving: 'UNKNOWN', reason: 'there are no figures yet: they come a minute or two after the channel has started' };
};

const ofStandby = ({ pipeline, look }: RunningChannel, isOneMissing: boolean): Judgement => {
  if (pipeline.channel.failover === undefined) return { arriving: 'UNKNOWN', reason: 'the channel listens to it only when it is switched to it' };
  if (isOneMissing) return { arriving: 'UNKNOWN', reason: 'an input is missing, and the alert does not say which' };
  return look.state === 'RUNNING'
    ? { arriving: 'YES', reason: 'the channel listens to it, and no alert says that it is missing' }
    : { arriving: 'UNKNOWN', reason: `the channel is ${look.state}` };
};

/** Of each input whether its encoder arrives: by alerts, by frames where it is active, by the lack of alerts where it stands by. */
export const judgeInputs = (channel: RunningChannel): readonly InputHealth[] => {
  const { pipeline, look, alerts } = channel;
  const names = pipeline.channel.inputs.map(({ name }) => name);
  const losses = alerts.filter(({ alertType }) => isInputLoss(alertType)).map((alert) => ({ ...alert, input: inputNamedIn(alert.message, names) }));
  const isOneMissing = losses.some(({ input }) => input === undefined);
  return names.map((name) => {
    const activeOnPipelines = look.active.flatMap((one) => (one.input === name ? [one.pipeline] : []));
    const loss = losses.find(({ input }) => input === name);
    if (loss !== undefined) return { name, activeOnPipelines, arriving: 'NO', reason: `${loss.alertType} since ${loss.setAt}: ${loss.message}` };
    const judgement = activeOnPipelines.length > 0 ? ofActive(channel, activeOnPipelines) : ofStandby(channel, isOneMissing);
    return { name, activeOnPipelines, ...judgement };
  });
};
