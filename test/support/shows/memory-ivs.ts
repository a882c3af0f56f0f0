import type { CamControl, ListedSession, SessionDetail, StreamNow, StreamWatch } from '../../../lambda/domain/pipelines/cam-control.ts';
import { ConflictError } from '../../../lambda/domain/shared/errors.ts';
import { timestamp } from '../../../lambda/domain/shared/time.ts';

interface Session extends ListedSession, SessionDetail {
  readonly isLive: boolean;
}

const listed = ({ events: _events, isLive: _isLive, source: _source, ...session }: Session): ListedSession => session;

/** One channel of IVS as it behaves: a key at most, and sessions that it never forgets. */
export const memoryIvs = (now: () => number) => {
  const state: { key: { readonly keyArn: string; readonly value: string } | undefined; sessions: Session[]; calls: string[] } = { key: undefined, sessions: [], calls: [] };
  let made = 0;
  const change = (streamId: string, more: (session: Session) => Partial<Session>): void => {
    state.sessions = state.sessions.map((session) => (session.streamId === streamId ? { ...session, ...more(session) } : session));
  };
  const open = (): Session | undefined => state.sessions.find(({ endedAt }) => endedAt === undefined);
  const tell = (streamId: string, name: string, type = 'IVS Stream State Change'): void =>
    change(streamId, ({ events }) => ({ events: [{ name, type, at: timestamp(now()) }, ...events] }));
  const disconnect = (): void => {
    const session = open();
    if (session === undefined) return;
    tell(session.streamId, 'Session Ended');
    change(session.streamId, () => ({ endedAt: timestamp(now()), isLive: false }));
    if (session.isLive) tell(session.streamId, 'Stream End');
  };
  const goLive = (): void => {
    const session = open();
    if (session === undefined || session.isLive) return;
    const source = { widthPixels: 1280, heightPixels: 720, framesPerSecond: 30, bitsPerSecond: 2_500_000, codec: 'avc1.42C01F' };
    change(session.streamId, () => ({ isLive: true, source }));
    tell(session.streamId, 'Stream Start');
  };
  const cams: CamControl = {
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
      // Of a session that is not live yet the service may say that nothing is broadcast.
      if (open()?.isLive === true) disconnect();
    },
  };
  const streams: StreamWatch = {
    async now(): Promise<StreamNow | undefined> {
      const session = open();
      return session?.isLive === true ? { streamId: session.streamId, startedAt: session.startedAt, health: 'HEALTHY', viewers: 3 } : undefined;
    },
    latest: async () => state.sessions.slice(0, 1).map(listed)[0],
    sessions: async (_channelArn, since) => state.sessions.filter(({ startedAt }) => startedAt >= since).map(listed),
    async session(_channelArn, streamId) {
      const session = state.sessions.find((one) => one.streamId === streamId);
      return session && { events: session.events, ...(session.source === undefined ? {} : { source: session.source }) };
    },
  };
  return {
    state, cams, streams, tell, disconnect,
    goLive,
    /** An encoder connects with this stream key; false = it is refused. */
    dial(value: string | undefined = state.key?.value): boolean {
      if (value === undefined || value !== state.key?.value || open() !== undefined) return false;
      const streamId = `st-${state.sessions.length + 1}`;
      state.sessions = [{ streamId, startedAt: timestamp(now()), hasErrors: false, isLive: false, events: [] }, ...state.sessions];
      tell(streamId, 'Session Created');
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
