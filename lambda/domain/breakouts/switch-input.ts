import type { InputSwitches } from '../pipelines/input-switches.ts';
import type { Pipeline, PipelineRegistry, ProPipeline } from '../pipelines/pipeline.ts';
import type { Caller } from '../shared/caller.ts';
import { ConflictError } from '../shared/errors.ts';
import { invalidFields } from '../shared/interval.ts';
import type { Breakout } from './breakout.ts';
import type { BreakoutStore } from './breakout-store.ts';
import { getBreakout } from './read-breakouts.ts';

/** What switching the input needs. */
export interface SwitchInputDeps {
  readonly breakouts: Pick<BreakoutStore, 'get'>;
  readonly pipelines: Pick<PipelineRegistry, 'get'>;
  readonly switches: Pick<InputSwitches, 'switchTo'>;
}

/** To which input a running show is to switch. */
export interface SwitchInputCommand {
  readonly caller: Caller;
  readonly breakoutId: string;
  /** The name of the input's attachment. */
  readonly input: string;
  /** The same whenever the same request is repeated. */
  readonly requestId: string;
}

const requireRunning = ({ breakoutId, status }: Breakout): void => {
  if (status === 'RUNNING') return;
  throw new ConflictError({ code: 'breakout-not-running', message: `breakout ${breakoutId} is ${status}, expected RUNNING: inputs switch while the show is on`, details: { status } });
};

/** Refuses a pipeline that has no inputs of its own. */
const requirePro = (pipeline: Pipeline): ProPipeline => {
  if (pipeline.kind === 'PRO') return pipeline;
  const { pipelineId } = pipeline;
  const message = `pipeline ${pipelineId} is a Cam pipeline, which takes one stream: another encoder takes it over by pushing with a higher ?priority= behind the stream key`;
  throw new ConflictError({ code: 'input-not-switchable', message, details: { pipelineId, kind: pipeline.kind } });
};

/** Refuses what the channel could not keep to. */
const requireSwitchable = ({ pipelineId, channel }: ProPipeline, input: string): void => {
  const names = channel.inputs.map(({ name }) => name);
  if (!names.includes(input)) {
    throw invalidFields('unknown-input', [{ field: '/input', message: `is ${input}, expected ${names.join(' or ')}, which are the inputs of pipeline ${pipelineId}` }]);
  }
  if (names.length < 2) {
    throw new ConflictError({ code: 'input-not-switchable', message: `pipeline ${pipelineId} has one input, expected two: there is nothing to switch to`, details: { pipelineId } });
  }
  if (channel.failover?.preference !== 'PRIMARY_INPUT_PREFERRED') return;
  throw new ConflictError({
    code: 'input-not-switchable',
    message: `pipeline ${pipelineId} prefers its primary input and would switch back at once: configure it with EQUAL_INPUT_PREFERENCE, or stop the encoder at the input that the show is to leave`,
    details: { pipelineId, preference: channel.failover.preference },
  });
};

/**
 * Switches a running show to one of its inputs at once; the input that it is on may be asked for. Repeating the same
 * request switches once.
 * @throws NotFoundError, InvalidInputError that names the inputs, ConflictError (`breakout-not-running`,
 * `input-not-switchable`), UnavailableError
 */
export const switchInput =
  (deps: SwitchInputDeps) =>
  async ({ caller, breakoutId, input, requestId }: SwitchInputCommand): Promise<Breakout> => {
    const breakout = await getBreakout(deps)(caller, breakoutId);
    requireRunning(breakout);
    const pipeline = requirePro(await deps.pipelines.get(breakout.pipelineId));
    requireSwitchable(pipeline, input);
    await deps.switches.switchTo({ channelId: pipeline.channel.channelId, input, name: `${input}-${requestId}` });
    return breakout;
  };
