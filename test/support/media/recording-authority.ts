import type { FlvTag } from '../../../local/media/flv/flv-tag.ts';
import type { Publisher, PublishAuthority } from '../../../local/media/rtmp/publishing.ts';

/** Accepts the given stream names and records what encoders send. */
export interface RecordingAuthority extends PublishAuthority {
  readonly tags: FlvTag[];
  readonly publishers: Publisher[];
  readonly ended: number;
  valid: readonly string[];
  /** Resolves when the condition holds; asked again after every tag, begin and end. */
  until(condition: () => boolean): Promise<void>;
}

export const recordingAuthority = (...valid: readonly string[]): RecordingAuthority => {
  let waiting: (() => void)[] = [];
  const wake = (): void => { const all = waiting; waiting = []; for (const one of all) one(); };
  const authority = {
    tags: [] as FlvTag[],
    publishers: [] as Publisher[],
    ended: 0,
    valid,
    knows: (application: string) => authority.valid.some((name) => name.startsWith(`${application}/`)),
    resolve: ({ application, instance }: { application: string; instance: string }) =>
      authority.valid.includes(`${application}/${instance}`)
        ? {
            sink: {
              begin: (publisher: Publisher) => { authority.publishers.push(publisher); wake(); },
              write: (tag: FlvTag) => { authority.tags.push(tag); wake(); return true; },
              end: () => { authority.ended += 1; wake(); },
            },
          }
        : { refusal: 'unknown stream name' },
    until: async (condition: () => boolean): Promise<void> => {
      while (!condition()) await new Promise<void>((resolve) => waiting.push(resolve));
    },
  };
  return authority;
};
