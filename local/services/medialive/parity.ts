import type { ParityNote } from '../../assembly/parity.ts';
import { parityOf } from '../../media/declared-properties.ts';
import { channelProperties } from './settings/channel-properties.ts';
import { inputProperties } from './settings/input-properties.ts';

const subject = 'medialive';

/** How far MediaLive here follows AWS. */
export const mediaLiveParity: readonly ParityNote[] = [
  ...parityOf(subject, 'CreateInput.', inputProperties),
  ...parityOf(subject, 'CreateChannel.', channelProperties),
  { subject, item: 'every other property', stance: 'refused', reason: '400 (inputs) or 422 with its elementPath (channels)' },
  { subject, item: 'RTP inputs', stance: 'enforced', reason: 'two UDP endpoints, told apart by port on 127.0.0.1, where AWS gives two addresses with port 5000; a port is kept over restarts where it is free' },
  { subject, item: 'RTP contents', stance: 'enforced', reason: 'the first programme of a transport stream, H.264 with sound; HEVC and MPEG-2 video are an unsupported input here' },
  { subject, item: 'RTCP', stance: 'inert', reason: 'no reports are sent, and those that come are not read' },
  { subject, item: 'InputLossSeconds, ChannelInputErrorSeconds', stance: 'enforced', reason: 'seconds without a packet, and with a loss; AWS does not define them further' },
  { subject, item: 'black video as a failover condition', stance: 'enforced', reason: 'judged on key frames: the threshold is rounded up to a group of pictures' },
  { subject, item: 'RTP forward error correction', stance: 'inert', reason: 'the ports of its packets are not listened to' },
  { subject, item: 'RTMP inputs', stance: 'enforced', reason: 'all on one port: stream names must differ, where AWS gives each source an address' },
  { subject, item: 'input security groups', stance: 'enforced', reason: 'asked when an RTMP encoder connects and for every RTP packet' },
  { subject, item: 'automatic input failover', stance: 'enforced', reason: 'without a condition the loss of input is watched, for 3 s' },
  { subject, item: 'schedule: immediate input switches', stance: 'enforced', reason: 'refused within a failover pair with PRIMARY_INPUT_PREFERRED, as documented; on AWS the answer to it is not (422 here)' },
  { subject, item: 'schedule: every other action and start', stance: 'refused', reason: '422 with its elementPath' },
  { subject, item: 'STANDARD channels', stance: 'enforced', reason: 'two encodes on one timeline, pipeline n to ingest endpoint n and archive URL n' },
  { subject, item: 'failed pipelines', stance: 'enforced', reason: 'an encode that ends is begun anew, RECOVERING meanwhile' },
  { subject, item: 'RestartChannelPipelines', stance: 'enforced', reason: 'a pipeline is down for 30 s by the time scale; AWS documents no duration' },
  { subject, item: 'thumbnails', stance: 'enforced', reason: 'of the active input of each pipeline, while its pictures come' },
  { subject, item: 'alerts', stance: 'enforced', reason: 'MediaLive\'s words and descriptions; "Encoder Failure" is ours, and "Audio Not Detected" also stands for silence' },
  { subject, item: 'metrics', stance: 'enforced', reason: 'the value of ActiveInputFailoverLabel is the attachment\'s name, which AWS does not document; SvqTime is 0: the preset is fixed' },
  { subject, item: 'metrics InputVideoAligned, InputTimecodesPresent, OutputAudioLevelLkfs, FEC and MQCS', stance: 'inert', reason: 'no data: nothing measures them' },
  { subject, item: 'quotas', stance: 'inert', reason: 'this machine allows more than an account\'s defaults of 5 channels, 5 push inputs and 5 input security groups' },
  { subject, item: 'channel without input', stance: 'enforced', reason: 'the last picture, black and the colour or slate of InputLossBehavior, with silence' },
  { subject, item: 'orderly restart', stance: 'enforced', reason: 'running channels are stopped: IDLE with a STOPPED event; after a crash the same at the next start' },
  { subject, item: 'multiplexes, reservations, linked channels', stance: 'refused', reason: 'not part of the platform' },
];
