import type { FlvTag } from '../../../../local/media/flv/flv-tag.ts';
import type { PublisherSink } from '../../../../local/media/rtmp/publishing.ts';

/** An encoder that sends a stream's tags to a sink, each when its time has come. */
export interface PacedPublisher {
  /** Sends nothing any more, and stays. */
  stall(): void;
  /** Sends what it has held back, at once, and goes on. */
  goOn(): void;
  leave(): void;
}

const everyMilliseconds = 5;

/** Publishes in real time, as if it had begun at `since` (milliseconds since the epoch); from the last key frame before now on. */
export const publishPaced = (sink: PublisherSink, tags: readonly FlvTag[], since: number): PacedPublisher => {
  const from = tags.findLastIndex((tag) => tag.kind === 'video' && (tag.data[0] ?? 0) >> 4 === 1 && tag.data[1] === 1 && tag.timestamp <= Math.max(0, Date.now() - since));
  let next = Math.max(0, from);
  let [isStalled, isPaused, isGone] = [false, false, false];
  const leave = (): void => {
    if (isGone) return;
    isGone = true;
    clearInterval(timer);
    sink.end();
  };
  const send = (): void => {
    for (let tag = tags[next]; !isGone && !isStalled && !isPaused && tag !== undefined && since + tag.timestamp <= Date.now(); tag = tags[next]) {
      next += 1;
      isPaused = !sink.write(tag);
    }
  };
  const timer = setInterval(send, everyMilliseconds);
  sink.begin({ remoteAddress: '127.0.0.1', resume: () => { isPaused = false; }, disconnect: leave });
  for (const tag of tags.filter(({ kind, data }) => kind !== 'script' && data[1] === 0)) sink.write(tag);
  send();
  return { stall: () => { isStalled = true; }, goOn: () => { isStalled = false; }, leave };
};
