import type { ProPipeline } from '../../pipelines/pipeline.ts';
import type { ShowLogEntry } from './show-log.ts';

/** How the inputs of a show are, as its log tells. */
export interface InputStates {
  /** The active input by the channel's pipeline. */
  readonly active: ReadonlyMap<string, string>;
  /** The alerts that are set, by the service's id. */
  readonly alerts: ReadonlyMap<string, ShowLogEntry>;
}

/** A running channel has these pipelines. */
export const pipelineIds = ({ channel }: Pick<ProPipeline, 'channel'>): readonly string[] => (channel.channelClass === 'STANDARD' ? ['0', '1'] : ['0']);

/** As a channel starts: every pipeline on the first input, and nothing is wrong. */
export const initialInputStates = (pipeline: Pick<ProPipeline, 'channel'>): InputStates => {
  const [first] = pipeline.channel.inputs;
  return { active: new Map(first === undefined ? [] : pipelineIds(pipeline).map((id) => [id, first.name])), alerts: new Map() };
};

const isInputChange = ({ type, name }: ShowLogEntry): boolean => type === 'INPUT' && (name === 'FAILED_OVER' || name === 'SWITCHED');

/** The states after an entry; entries that are about neither inputs nor alerts change nothing. */
export const withEntry = (states: InputStates, entry: ShowLogEntry): InputStates => {
  const { alertId, pipeline, input } = entry;
  if (isInputChange(entry) && pipeline !== undefined && input !== undefined) return { ...states, active: new Map(states.active).set(pipeline, input) };
  if (entry.type !== 'ALERT' || alertId === undefined) return states;
  const alerts = new Map(states.alerts);
  if (entry.name === 'SET') alerts.set(alertId, entry);
  else alerts.delete(alertId);
  return { ...states, alerts };
};

/** In the order in which they happened; what was seen when looking comes after what was told of the same instant. */
export const inOrder = (entries: readonly ShowLogEntry[]): readonly ShowLogEntry[] => {
  const placeOf = ({ at, source, name, id }: ShowLogEntry): string => `${at}#${source ?? 'EVENT'}#${name === 'SET' ? 0 : 1}#${id}`;
  return entries.toSorted((one, other) => (placeOf(one) < placeOf(other) ? -1 : 1));
};

/** The states after all entries of an attempt. */
export const inputStatesAfter = (pipeline: Pick<ProPipeline, 'channel'>, entries: readonly ShowLogEntry[]): InputStates =>
  inOrder(entries).reduce(withEntry, initialInputStates(pipeline));

/** The pipelines that are not on the input that the channel prefers. */
export const strayed = ({ channel }: Pick<ProPipeline, 'channel'>, { active }: InputStates): readonly { readonly pipeline: string; readonly input: string }[] => {
  if (channel.failover?.preference !== 'PRIMARY_INPUT_PREFERRED') return [];
  const preferred = channel.inputs[0]?.name;
  return [...active].flatMap(([pipeline, input]) => (input === preferred ? [] : [{ pipeline, input }]));
};
