import type { CamRunStore } from '../../breakouts/channel-run-store.ts';
import type { ShowLog } from '../../breakouts/log/show-log.ts';
import type { CamPipeline } from '../../pipelines/cam-pipeline.ts';
import type { PastHolds } from '../../pipelines/pipeline-hold.ts';
import { wholeSecond } from '../../shared/time.ts';

/** What hearing of viewers who were refused needs. */
export interface HearRefusedViewersDeps {
  readonly pipelines: { list(): Promise<readonly CamPipeline[]> };
  readonly pastHolds: PastHolds;
  readonly camRuns: Pick<CamRunStore, 'get'>;
  readonly log: Pick<ShowLog, 'note'>;
}

/** That as many viewers watch in the AWS account as may be; which shows' the refused ones were is told nowhere. */
export interface RefusedViewers {
  readonly at: string;
  /** By how much the limit was passed. */
  readonly explanation: string;
}

/** Notes it in every Cam show that was armed at the time: any of them may have lost viewers. Answers how many. Repeatable. @throws UnavailableError */
export const hearRefusedViewers =
  (deps: HearRefusedViewersDeps) =>
  async ({ at, explanation }: RefusedViewers): Promise<number> => {
    const message = `as many viewers watch in the AWS account as may be: the service refuses more, of this show or of another (${explanation})`;
    const time = wholeSecond(at);
    let shows = 0;
    for (const { pipelineId } of await deps.pipelines.list()) {
      const hold = await deps.pastHolds.lastClaimed(pipelineId, at);
      const run = hold && (await deps.camRuns.get(hold.breakoutId, hold.attempt));
      if (hold === undefined || run === undefined || (run.ended !== undefined && run.ended.at < at)) continue;
      const { breakoutId, accountId, attempt } = hold;
      await deps.log.note({ breakoutId, accountId, attempt, id: `ivs-concurrent-viewers-${time}`, at: time, type: 'VIEWERS', name: 'REFUSED', message });
      shows += 1;
    }
    return shows;
  };
