import type { ParityNote } from '../../assembly/parity.ts';
import { parityOf } from '../../media/declared-properties.ts';
import { channelProperties } from './channels/channel-properties.ts';
import { recordingProperties } from './recording/recording-properties.ts';

const subject = 'ivs';

/** How far IVS here follows AWS. */
export const ivsParity: readonly ParityNote[] = [
  ...parityOf(subject, 'CreateChannel.', channelProperties),
  ...parityOf(subject, 'CreateRecordingConfiguration.', recordingProperties),
  { subject, item: 'every other property', stance: 'refused', reason: '400 with its name' },
  { subject, item: 'ingest', stance: 'enforced', reason: 'RTMP in the place of RTMPS, at ingestEndpoint, which has a port: rtmp://127.0.0.1:40123/app/<stream key>; H.264 and AAC' },
  { subject, item: 'SRT and WebRTC ingest', stance: 'refused', reason: 'not listened to: a channel is described without srt' },
  { subject, item: 'one encoder a channel', stance: 'enforced', reason: 'a second one is refused, but for a takeover' },
  { subject, item: 'stream takeover', stance: 'enforced', reason: 'by a higher priority behind the stream key (?priority=2), from the second encoder\'s first key frame on, where its picture has the same size; as often as one likes: AWS does not tell how often' },
  { subject, item: 'deleted stream keys', stance: 'enforced', reason: 'an encoder that is connected stays until StopStream' },
  { subject, item: 'limits of bit rate and resolution', stance: 'enforced', reason: 'an event, and the encoder is disconnected; the bit rate is a mean of five seconds: AWS does not tell its own' },
  { subject, item: 'starvation', stance: 'enforced', reason: 'after three seconds without data: AWS does not tell its own; after 30 s the encoder is disconnected' },
  { subject, item: 'renditions', stance: 'enforced', reason: 'BASIC passes the source on; STANDARD adds 720p, 480p, 360p and 160p below it; ADVANCED makes them anew, without one of sound alone; AWS does not tell its rates' },
  { subject, item: 'segments', stance: 'enforced', reason: 'begin with a key frame, the first that comes two seconds after the one before' },
  { subject, item: 'playback tokens', stance: 'enforced', reason: 'asked for with every multivariant playlist; revocations also with playlists and segments of those who watch; they hold at once, where AWS starts a process' },
  { subject, item: 'ViewerCountryCode', stance: 'enforced', reason: 'US for every viewer: the addresses of this machine say no country' },
  { subject, item: 'LiveDeliveredTime', stance: 'enforced', reason: 'seconds of the segments and parts that were sent whole' },
  { subject, item: 'recordings', stance: 'enforced', reason: 'written without the service-linked role and its policy; no byte-range playlists' },
  { subject, item: 'Concurrent Broadcasts and Concurrent Viewers', stance: 'inert', reason: 'as many as the machine holds' },
  { subject, item: 'StopStream of a stream that is not live yet', stance: 'enforced', reason: 'its encoder is disconnected; AWS does not tell whether it does so' },
  { subject, item: 'rates of calls', stance: 'inert', reason: 'nothing is throttled' },
  { subject, item: 'streams over a restart', stance: 'inert', reason: 'encoders are disconnected, sessions and recordings end; after a crash the sessions end with the next start, their recordings without a word' },
  { subject, item: 'AWS::IVS::Channel', stance: 'enforced', reason: 'without a stream key, as CloudFormation makes it: an AWS::IVS::StreamKey or CreateStreamKey gives it one' },
  { subject, item: 'CloudFormation\'s own tags (aws:cloudformation:…)', stance: 'enforced', reason: 'on what templates declare of IVS, as its resource types say; keys that begin with "aws:" are refused from callers; on what other services have they are left out: nothing reads them' },
  { subject, item: 'PutMetadata, ad configurations, playback restriction policies', stance: 'refused', reason: 'no such operation' },
];
