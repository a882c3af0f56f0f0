import type { FlvTag } from '../../../local/media/flv/flv-tag.ts';
import type { Publisher, PublisherSink } from '../../../local/media/rtmp/publishing.ts';

/** A sink that records what it is told. */
export interface RecordingSink extends PublisherSink {
  readonly tags: FlvTag[];
  /** `begin` and `end`, in order. */
  readonly calls: string[];
  readonly publisher: Publisher | undefined;
  /** Whether it takes more at once. */
  hasRoom: boolean;
  /** Resolves when the condition holds; asked again after every call. */
  until(condition: () => boolean): Promise<void>;
}

export const recordingSink = (): RecordingSink => {
  let waiting: (() => void)[] = [];
  const wake = (): void => { const all = waiting; waiting = []; for (const one of all) one(); };
  const sink = {
    tags: [] as FlvTag[],
    calls: [] as string[],
    publisher: undefined as Publisher | undefined,
    hasRoom: true,
    begin: (publisher: Publisher) => { sink.publisher = publisher; sink.calls.push('begin'); wake(); },
    write: (tag: FlvTag) => { sink.tags.push(tag); wake(); return sink.hasRoom; },
    end: () => { sink.calls.push('end'); wake(); },
    until: async (condition: () => boolean): Promise<void> => {
      while (!condition()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
  return sink;
};
