import type { InputSecurityGroup, Pipeline } from '../../pipelines/pipeline.ts';
import type { SourceControl } from '../../pipelines/source-control.ts';
import { UnavailableError } from '../../shared/errors.ts';
import { type Now, timestamp } from '../../shared/time.ts';
import type { Breakout } from '../breakout.ts';
import type { Show } from '../show-executions.ts';
import { hasEnded } from '../transition.ts';
import { isAtAttempt } from './change-show.ts';
import { type CurrentShowDeps, findShow } from './current-show.ts';
import { noteShow, type NoteShowDeps } from './note-show.ts';

/** What saying who may push needs. */
export interface SourcesDeps extends CurrentShowDeps, NoteShowDeps {
  readonly sources: SourceControl;
  readonly now: Now;
}

/** Cam pipelines have none: whoever has their stream key may stream. */
const groupOf = (pipeline: Pipeline): InputSecurityGroup | undefined => (pipeline.kind === 'PRO' ? pipeline.channel.inputSecurityGroup : undefined);

const isSame = (one: readonly string[], other: readonly string[]): boolean => [...one].sort().join() === [...other].sort().join();

/** Lets in these ranges alone and reads back that it is so. Answers whether that changed anything. @throws UnavailableError */
const allowOnly = async ({ sources }: SourcesDeps, groupId: string, wanted: readonly string[]): Promise<boolean> => {
  if (isSame(await sources.allowed(groupId), wanted)) return false;
  await sources.allow(groupId, wanted);
  const found = await sources.allowed(groupId);
  if (isSame(found, wanted)) return true;
  throw new UnavailableError({
    code: 'sources-not-applied',
    message: `input security group ${groupId} lets in ${found.join(', ') || 'nobody'}, expected ${wanted.join(', ')}: try again in a moment`,
  });
};

const noteApplied = (deps: SourcesDeps, { attempt }: Show, breakout: Breakout, sources: readonly string[]): Promise<boolean> =>
  noteShow(deps, breakout, { attempt, type: 'SOURCES', name: 'APPLIED', at: timestamp(deps.now()), message: `${sources.join(', ')} alone may push while the show runs` });

/**
 * Lets in a show's declared sources in place of its pipeline's own, or those where it declares none. To be repeated
 * while the show runs, for a deploy puts back what the template says. A pipeline in a VPC, one
 * that the show has left, and a Cam pipeline stay as they are.
 * @returns whether anything had to be changed
 * @throws NotFoundError, UnavailableError when the group does not read back as it was set
 */
export const applySources =
  (deps: SourcesDeps) =>
  async (show: Show): Promise<boolean> => {
    const { breakout, pipeline, holdsPipeline } = await findShow(deps)(show);
    const group = groupOf(pipeline);
    if (!holdsPipeline || group === undefined || !isAtAttempt(breakout, show) || hasEnded(breakout)) return false;
    const isChanged = await allowOnly(deps, group.groupId, breakout.sources ?? group.allowedSources);
    if (breakout.sources !== undefined) await noteApplied(deps, show, breakout, breakout.sources);
    return isChanged;
  };

/** Lets in the pipeline's own sources again, if the show still has the pipeline. Repeatable. @throws NotFoundError, UnavailableError */
export const restoreSources =
  (deps: SourcesDeps) =>
  async (show: Show): Promise<void> => {
    const { breakout, pipeline, holdsPipeline } = await findShow(deps)(show);
    const group = groupOf(pipeline);
    if (!holdsPipeline || group === undefined || !(await allowOnly(deps, group.groupId, group.allowedSources))) return;
    const message = `the pipeline's own sources may push again: ${group.allowedSources.join(', ')}`;
    await noteShow(deps, breakout, { attempt: show.attempt, type: 'SOURCES', name: 'REMOVED', at: timestamp(deps.now()), message });
  };
