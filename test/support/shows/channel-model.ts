import type { ChannelLook, ChannelWatch, ListedAlert } from '../../../lambda/domain/monitoring/channel-watch.ts';
import type { ChannelControl, ChannelState } from '../../../lambda/domain/pipelines/channel-control.ts';
import { aRequestedRun } from './a-plan.ts';

/** What a channel tells by an event when it happens. */
export type ChannelFact =
  | { readonly kind: 'STATE'; readonly state: 'RUNNING' | 'STOPPED' }
  | { readonly kind: 'ALERT'; readonly change: 'SET' | 'CLEARED'; readonly alertId: string; readonly input: string }
  | { readonly kind: 'INPUT'; readonly input: string };

/** What happens to a channel while it runs. */
export type Incident = { readonly kind: 'ALERT'; readonly input: string } | { readonly kind: 'INPUT' };

/** The rest of the alert of a lost input. */
export const lossOf = (input: string) => ({ alertType: 'RTMP Has No Audio/Video', pipeline: '0', message: `input ${input}: the source has gone` });

const secondsToChange = 20;

interface ModelDeps {
  readonly now: () => number;
  readonly later: (seconds: number, act: () => void) => void;
  readonly tell: (fact: ChannelFact, at: number) => void;
}

/** The alerts of lost inputs, of which each input has one at a time. */
const lossAlerts = ({ now, tell }: ModelDeps) => {
  const alerts = new Map<string, ListedAlert>();
  const open = new Map<string, string>();
  const instant = (): string => new Date(now()).toISOString();

  const set = (input: string): void => {
    const alertId = `alert-of-${input}-${alerts.size}`;
    open.set(input, alertId);
    alerts.set(alertId, { alertId, ...lossOf(input), setAt: instant() });
    tell({ kind: 'ALERT', change: 'SET', alertId, input }, now());
  };

  const clear = (input: string, alertId: string): void => {
    open.delete(input);
    alerts.set(alertId, { ...alerts.get(alertId)!, clearedAt: instant() });
    tell({ kind: 'ALERT', change: 'CLEARED', alertId, input }, now());
  };

  return {
    list: (): ListedAlert[] => [...alerts.values()],
    toggle(input: string): void {
      const alertId = open.get(input);
      if (alertId === undefined) set(input);
      else clear(input, alertId);
    },
    clearAll(): void {
      for (const [input, alertId] of [...open]) clear(input, alertId);
    },
  };
};

/** A channel of one pipeline, by the clock: it starts and stops in twenty seconds, and tells each fact once. */
export const channelModel = (deps: ModelDeps) => {
  let state: ChannelState = 'IDLE';
  let input = 'primary';
  const alerts = lossAlerts(deps);

  const come = (next: 'RUNNING' | 'IDLE'): void => {
    if (state !== (next === 'RUNNING' ? 'STARTING' : 'STOPPING')) return;
    state = next;
    if (next === 'IDLE') alerts.clearAll();
    deps.tell({ kind: 'STATE', state: next === 'RUNNING' ? 'RUNNING' : 'STOPPED' }, deps.now());
  };

  const channels: ChannelControl = {
    state: async () => state,
    describe: async () => aRequestedRun().channel,
    async start() {
      if (state !== 'IDLE') return;
      state = 'STARTING';
      input = 'primary';
      deps.later(secondsToChange, () => come('RUNNING'));
    },
    async stop() {
      if (state === 'IDLE' || state === 'STOPPING') return;
      state = 'STOPPING';
      deps.later(secondsToChange, () => come('IDLE'));
    },
  };

  const look = (): ChannelLook => ({ state, active: state === 'RUNNING' ? [{ pipeline: '0', input }] : [] });
  const watch: Pick<ChannelWatch, 'look' | 'alerts'> = { look: async () => look(), alerts: async () => alerts.list() };

  return {
    channels,
    watch,
    /** Sets an alert or clears the one that is set; takes the other input. Nothing happens to a channel that does not run. */
    happen(incident: Incident): void {
      if (state !== 'RUNNING') return;
      if (incident.kind === 'ALERT') {
        alerts.toggle(incident.input);
        return;
      }
      input = input === 'primary' ? 'backup' : 'primary';
      deps.tell({ kind: 'INPUT', input }, deps.now());
    },
  };
};
