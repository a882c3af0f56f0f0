import type { SessionEvent } from '../../pipelines/cam-control.ts';
import { wholeSecond } from '../../shared/time.ts';
import type { ToldEntry } from '../settle-log.ts';

/** Something that the service tells of a stream. */
export interface StreamFact extends SessionEvent {
  readonly streamId: string;
  /** What an event says beside its name: `Ingest Bitrate is 1200000 bits per second above 1500000`. Absent = nothing more is known. */
  readonly explanation?: string;
}

/** What no event tells: a session that ended without its stream having been there for viewers. */
export const neverLive = 'Never Live';

const notLiveAlert = 'never-live';

type Said = Pick<ToldEntry, 'type' | 'name' | 'message'> & { readonly alert?: string };

// https://docs.aws.amazon.com/ivs/latest/LowLatencyUserGuide/eventbridge.html; what goes as it should at either end of a session needs no entry.
const sayings: Readonly<Record<string, Said>> = {
  'Stream Start': { type: 'INPUT', name: 'ACQUIRED', message: 'the encoder\'s stream arrives' },
  'Stream End': { type: 'INPUT', name: 'LOST', message: 'the encoder\'s stream has ended' },
  'Stream Takeover': { type: 'INPUT', name: 'SWITCHED', message: 'another encoder took the stream over' },
  'Stream Takeover Failure': { type: 'INPUT', name: 'REFUSED', message: 'another encoder would have taken the stream over and was refused' },
  'Stream Failure': { type: 'ALERT', name: 'SET', message: 'the service cannot process the stream', alert: 'failure' },
  [neverLive]: { type: 'ALERT', name: 'SET', message: 'an encoder with the show\'s key has come and gone, and its stream could never be watched: check what it sends, H.264 pictures and AAC sound', alert: notLiveAlert },
  'Starvation Start': { type: 'ALERT', name: 'SET', message: 'the stream starves: too little arrives of it', alert: 'starvation' },
  'Starvation End': { type: 'ALERT', name: 'CLEARED', message: 'enough arrives of the stream again', alert: 'starvation' },
  'Ingest Bitrate': { type: 'ALERT', name: 'SET', message: 'the encoder sends more bits a second than the channel\'s type takes: the service disconnects it', alert: 'bitrate' },
  'Ingest Resolution': { type: 'ALERT', name: 'SET', message: 'the encoder sends a larger picture than the channel\'s type takes: the service disconnects it', alert: 'resolution' },
  'Concurrent Broadcasts': { type: 'ALERT', name: 'SET', message: 'as many streams are live in the AWS account as may be: the service refuses the encoder', alert: 'broadcasts' },
  'Recording Start': { type: 'RECORDING', name: 'STARTED', message: 'the stream is recorded' },
  'Recording End': { type: 'RECORDING', name: 'STOPPED', message: 'the recording is complete' },
  'Recording Start Failure': { type: 'RECORDING', name: 'FAILED', message: 'the recording could not be started: there is none of this stream' },
  'Recording End Failure': { type: 'RECORDING', name: 'FAILED', message: 'the recording could not be completed' },
};

// https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StreamEvent.html: the service tells codes alone.
const meanings: Readonly<Record<string, string>> = {
  StreamTakeoverMediaMismatch: 'its codec, picture size or tracks differ from those of the stream',
  StreamTakeoverInvalidPriority: 'its priority is not above that of the stream, or is above 2147483647',
  StreamTakeoverLimitBreached: 'the stream was taken over as often as it can be',
  MultitrackInputNotAllowed: 'it sends several tracks, and the channel takes one',
};

/** What can happen to one stream again and again; all else does so once, for each stream has an id of its own. */
const recurring: readonly string[] = ['Stream Takeover', 'Stream Takeover Failure', 'Starvation Start', 'Starvation End', 'Ingest Bitrate', 'Ingest Resolution', 'Concurrent Broadcasts'];

// https://docs.aws.amazon.com/ivs/latest/LowLatencyAPIReference/API_StreamSession.html: `st-` and what has no hyphen.
const entryOfStream = /^ivs-(?<stream>st-[A-Za-z0-9]+)-/;

/** The stream that an entry is of; undefined = it is of none alone. */
export const streamOf = ({ id }: Pick<ToldEntry, 'id'>): string | undefined => entryOfStream.exec(id)?.groups?.['stream'];

// The log sorts what happened within one second by ids.
const placeOf = (name: string): number => {
  if (name.endsWith(' Start')) return 0;
  return name.endsWith(' End') ? 2 : 1;
};

const kebab = (name: string): string => name.toLowerCase().replaceAll(' ', '-');

/** The entry of an alert, or of what clears it, under one id for a stream. */
const alertOf = (streamId: string, { alert }: Said): Pick<ToldEntry, 'alertId' | 'alertType'> => (alert === undefined ? {} : { alertId: `${alert}-${streamId}`, alertType: `IVS ${alert}` });

/** Whether a stop brings it about, so that it is no news where a show was told to stop. */
export const isOfStop = ({ type, alertType }: Pick<ToldEntry, 'alertType' | 'type'>): boolean => type === 'INPUT' || alertType === `IVS ${notLiveAlert}`;

/**
 * What a log has to say of something in a stream: the same whether it was told or found in the session later, whose times AWS does not promise to
 * agree to the second. Undefined = nothing.
 */
export const streamEntry = ({ streamId, name, code, explanation, at }: StreamFact): ToldEntry | undefined => {
  const said = sayings[name];
  if (said === undefined) return undefined;
  const { type, name: entryName, message } = said;
  const more = [code, explanation ?? meanings[code ?? '']].filter((part) => part !== undefined && part !== '').join(': ');
  const time = wholeSecond(at);
  const occasion = recurring.includes(name) ? `-${time}` : '';
  return { at: time, id: `ivs-${streamId}-${placeOf(name)}-${kebab(name)}${occasion}`, type, name: entryName, message: more === '' ? message : `${message} (${more})`, ...alertOf(streamId, said) };
};
