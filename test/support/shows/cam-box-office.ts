import type { Breakout } from '../../../lambda/domain/breakouts/breakout.ts';
import { createPlayback, type CreatePlaybackCommand } from '../../../lambda/domain/playback/create-playback.ts';
import { createPreview } from '../../../lambda/domain/playback/create-preview.ts';
import type { Curtain } from '../../../lambda/domain/playback/curtain.ts';
import { drawCurtain } from '../../../lambda/domain/playback/draw-curtain.ts';
import { revokePreviews } from '../../../lambda/domain/playback/revoke-previews.ts';
import { closeEdge } from '../../../lambda/domain/playback/serve-show.ts';
import { aStoppedBreakout } from '../usage/a-show.ts';
import { aCamPipeline } from './a-cam-plan.ts';
import { aCaller } from './a-plan.ts';
import { memoryCamViewers } from './memory-cam-viewers.ts';
import { memoryDevices, memoryEdge, memoryRevocations } from './memory-edge.ts';
import { memorySessions, memoryTokens } from './memory-viewers.ts';

/** A show that runs on a Cam pipeline. */
export const aRunningCamShow = (change: Partial<Breakout> = {}): Breakout => {
  const { stoppedAt: _stoppedAt, tailEndsAt: _tailEndsAt, ...breakout } = aStoppedBreakout({ pipelineId: 'pl_cam', status: 'RUNNING', ...change });
  return breakout;
};

/** A running Cam show, with all that gives access to it and takes it away. */
export const camBoxOffice = (breakout = aRunningCamShow(), pipeline = aCamPipeline()) => {
  let kept = breakout;
  const now = () => Date.parse('2026-11-23T10:00:00Z');
  const viewers = memoryCamViewers();
  const { revocations } = memoryRevocations();
  const deps = {
    ...viewers,
    ...memoryTokens(now),
    breakouts: {
      get: async () => kept,
      save: async (next: Breakout) => {
        if (next.revision !== kept.revision + 1) return false;
        kept = next;
        return true;
      },
    },
    pipelines: { get: async () => pipeline },
    edge: memoryEdge().edge,
    revocations,
    devices: memoryDevices(),
    sessions: memorySessions(),
    cookies: { issue: async () => undefined, clear: () => [] },
    packager: { path: async () => '' },
    paths: { withToken: () => '', withCookies: () => '' },
    tokenSeconds: 3_600,
    longestTokenSeconds: 21_600,
    previewSeconds: 300,
    devicesPerViewer: 2,
    now,
  };
  const asked = { caller: aCaller({ accountId: breakout.accountId }), breakoutId: breakout.breakoutId };
  return {
    deps, viewers, asked,
    set: (change: Partial<Breakout>) => void (kept = { ...kept, ...change }),
    ask: (change: Partial<CreatePlaybackCommand> = {}) => createPlayback(deps)({ ...asked, ...change }),
    preview: () => createPreview(deps)(asked.caller, asked.breakoutId),
    endPreviews: () => revokePreviews(deps)(asked.caller, asked.breakoutId),
    draw: (curtain: Curtain) => drawCurtain(deps)({ ...asked, curtain }),
    close: (attempt = 1) => closeEdge(deps)({ breakoutId: asked.breakoutId, attempt }),
  };
};
