import type { CamControl, ListedSession, SessionDetail, StreamNow, StreamWatch } from '../../../lambda/domain/pipelines/cam-control.ts';
import { ConflictError } from '../../../lambda/domain/shared/errors.ts';
import { timestamp } from '../../../lambda/domain/shared/time.ts';

interface Session extends ListedSession, SessionDetail {
  /** Absent = its encoder has gone. */
  readonly isConnected?: boolean;
  readonly isLive: boolean;
}

interface State {
  key: { readonly keyArn: string; readonly value: string } | undefined;
  /** The newest first. */
  sessions: readonly Session[];
  calls: string[];
  /** What is listed while lists are late. */
  listed: readonly Session[] | undefined;
  /** Whether StopStream disconnects an encoder whose stream cannot be watched yet: AWS does not tell, and nothing may rely on either. */
  stopsWhoConnects: boolean;
  /** Whether a stream has ended as soon as its encoder has gone: on AWS it may take a moment. */
  endsAtOnce: boolean;
}

const source = { widthPixels: 1280, heightPixels: 720, framesPerSecond: 30, bitsPerSecond: 2_500_000, codec: 'avc1.42C01F' };

const shown = ({ events: _events, isConnected: _isConnected, isLive: _isLive, source: _source, ...session }: Session): ListedSession => session;

/** The sessions of one channel, from the encoder's connection to the stream's end. */
const channelSessions = (state: State, now: () => number) => {
  const change = (streamId: string, more: (session: Session) => Partial<Session>): void => {
    state.sessions = state.sessions.map((session) => (session.streamId === streamId ? { ...session, ...more(session) } : session));
  };
  const tell = (streamId: string, name: string, type = 'IVS Stream State Change'): void =>
    change(streamId, ({ events }) => ({ events: [{ name, type, at: timestamp(now()) }, ...events] }));
  const connected = (): Session | undefined => state.sessions.find(({ isConnected }) => isConnected === true);
  const end = (): void => {
    for (const { streamId, isLive } of state.sessions.filter(({ isConnected, endedAt }) => isConnected !== true && endedAt === undefined)) {
      change(streamId, () => ({ endedAt: timestamp(now()), isLive: false }));
      if (isLive) tell(streamId, 'Stream End');
    }
  };
  const hangUp = (): void => {
    const session = connected();
    if (session === undefined) return;
    change(session.streamId, () => ({ isConnected: false }));
    tell(session.streamId, 'Session Ended');
    if (state.endsAtOnce || !session.isLive) end();
  };
  const goLive = (): void => {
    const session = connected();
    if (session === undefined || session.isLive) return;
    change(session.streamId, () => ({ isLive: true, source }));
    tell(session.streamId, 'Stream Start');
  };
  const begin = (): void => {
    const streamId = `st-${state.sessions.length + 1}`;
    state.sessions = [{ streamId, startedAt: timestamp(now()), hasErrors: false, isConnected: true, isLive: false, events: [] }, ...state.sessions];
    tell(streamId, 'Session Created');
  };
  return { tell, connected, begin, goLive, hangUp, end };
};

const streamKeys = (state: State, { connected, hangUp }: ReturnType<typeof channelSessions>): CamControl => {
  let made = 0;
  return {
    keyArn: async () => state.key?.keyArn,
    async createKey(channelArn) {
      if (state.key !== undefined) throw new ConflictError({ code: 'stream-key-exists', message: `channel ${channelArn} has a stream key` });
      made += 1;
      state.calls.push('create-key');
      return (state.key = { keyArn: `arn:aws:ivs:us-east-1:123456789012:stream-key/${made}`, value: `sk_${made}` });
    },
    async deleteKey() {
      state.calls.push('delete-key');
      state.key = undefined;
    },
    async stopStream() {
      state.calls.push('stop-stream');
      if (connected()?.isLive === true || state.stopsWhoConnects) hangUp();
    },
  };
};

const streamWatch = (state: State): StreamWatch => {
  const listed = (): readonly Session[] => state.listed ?? state.sessions;
  return {
    async now(): Promise<StreamNow | undefined> {
      const session = state.sessions.find(({ endedAt }) => endedAt === undefined);
      return session?.isLive === true ? { streamId: session.streamId, startedAt: session.startedAt, health: 'HEALTHY', viewers: 3 } : undefined;
    },
    latest: async () => listed().slice(0, 1).map(shown)[0],
    sessions: async (_channelArn, since) => listed().filter(({ startedAt }) => startedAt >= since).map(shown),
    async session(_channelArn, streamId) {
      const session = listed().find((one) => one.streamId === streamId);
      return session && { events: session.events, ...(session.source === undefined ? {} : { source: session.source }) };
    },
  };
};

/** One channel of IVS as it behaves: a key at most, and sessions that it never forgets. */
export const memoryIvs = (now: () => number, behaviour: Partial<Pick<State, 'endsAtOnce' | 'stopsWhoConnects'>> = {}) => {
  const state: State = { key: undefined, sessions: [], calls: [], listed: undefined, stopsWhoConnects: false, endsAtOnce: true, ...behaviour };
  const sessions = channelSessions(state, now);
  const { tell, connected, begin, goLive, hangUp, end } = sessions;
  return {
    state, cams: streamKeys(state, sessions), streams: streamWatch(state), tell, goLive, hangUp, end,
    /** From now on nothing new is listed. */
    listLate: (): void => void (state.listed = state.sessions),
    /** All is listed again. */
    catchUp: (): void => void (state.listed = undefined),
    /** The encoder leaves and its stream is over. */
    disconnect: (): void => {
      hangUp();
      end();
    },
    /** An encoder connects with this stream key; false = it is refused. */
    dial(value: string | undefined = state.key?.value): boolean {
      if (value === undefined || value !== state.key?.value || connected() !== undefined) return false;
      begin();
      return true;
    },
    /** An encoder connects with this stream key and its stream is live at once, unless it cannot be watched; false = it is refused. */
    connect(value?: string, isLive = true): boolean {
      if (!this.dial(value)) return false;
      if (isLive) goLive();
      return true;
    },
  };
};
