import type { InputRelay, InputRelayOptions, InputStatus } from '../../../local/media/relay/input-relay.ts';
import type { RelayEvent } from '../../../local/media/relay/relay-event.ts';
import type { Publisher } from '../../../local/media/rtmp/publishing.ts';

/** A relay that encodes nothing: it records what it is told and tells what a test says. */
export interface FakeRelay extends InputRelay {
  readonly options: InputRelayOptions;
  readonly isEnded: boolean;
  readonly publishers: ReadonlyMap<string, Publisher>;
  /** Changes what is known of an input. */
  set(input: string, status: Partial<InputStatus>): void;
  say(event: RelayEvent): void;
  fillMilliseconds: number;
  droppedFrames: number;
  jpeg: Buffer | undefined;
}

/** Makes fake relays and keeps them in the order in which they were made. */
export const fakeRelays = (): { readonly made: FakeRelay[]; readonly create: (options: InputRelayOptions) => InputRelay } => {
  const made: FakeRelay[] = [];
  return {
    made,
    create: (options) => {
      const relay = fakeRelay(options);
      made.push(relay);
      return relay;
    },
  };
};

const fakeRelay = (options: InputRelayOptions): FakeRelay => {
  const statuses = new Map<string, InputStatus>(options.inputs.map(({ name }) => [name, {
    name, isPublishing: false, hasHadInput: false, bytes: 0, pictures: 0, lastPictureAt: undefined, framesPerSecond: 0, isBlack: false, isSilent: false, audioLevelDbfs: undefined,
  }]));
  const publishers = new Map<string, Publisher>();
  const set = (input: string, status: Partial<InputStatus>): void => void statuses.set(input, { ...statuses.get(input)!, ...status });
  let active = options.inputs[0]!.name;
  const relay = {
    options, publishers, set, isEnded: false, fillMilliseconds: 0, droppedFrames: 0, jpeg: undefined as Buffer | undefined,
    get activeInput() { return active; },
    get inputs() { return [...statuses.values()]; },
    say: (event: RelayEvent) => {
      if (event.kind === 'ACTIVE_INPUT_CHANGED') active = event.input;
      options.onEvent(event);
    },
    sink: (name: string) => ({
      begin: (publisher: Publisher) => { publishers.set(name, publisher); set(name, { isPublishing: true, hasHadInput: true }); relay.say({ kind: 'INPUT_ACQUIRED', input: name }); },
      write: (tag: { data: Buffer; kind: string }) => {
        const before = statuses.get(name)!;
        set(name, { bytes: before.bytes + tag.data.length, pictures: before.pictures + (tag.kind === 'video' ? 1 : 0) });
        return true;
      },
      end: () => { publishers.delete(name); set(name, { isPublishing: false }); if (!relay.isEnded) relay.say({ kind: 'INPUT_LOST', input: name, cause: 'DISCONNECTED' }); },
    }),
    switchTo: (name: string) => { if (name !== active) relay.say({ kind: 'ACTIVE_INPUT_CHANGED', input: name, previous: active, reason: 'SCHEDULE' }); },
    thumbnail: () => (relay.jpeg === undefined ? undefined : { jpeg: relay.jpeg, at: options.clock.now() }),
    stop: async () => { relay.kill(); },
    kill: () => { relay.isEnded = true; for (const publisher of [...publishers.values()]) publisher.disconnect('the channel stops'); },
  };
  return relay;
};
