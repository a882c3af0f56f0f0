import { honoured, inert, type PropertyRules } from '../../../media/declared-properties.ts';

/** What local mode does with the properties of CreateChannel and UpdateChannel; others are refused. */
export const channelProperties: PropertyRules = {
  arn: honoured,
  name: honoured,
  type: { stance: 'enforced', note: 'limits of the picture and the bit rate, and which renditions there are' },
  authorized: { stance: 'enforced', note: 'every multivariant playlist needs a token of an imported key pair then' },
  containerFormat: { stance: 'enforced', note: 'MPEG-TS; or fragmented MP4 with pictures and sound in one file, `init-0.mp4`, `0.mp4` in recordings: AWS tells neither its layout nor its names' },
  recordingConfigurationArn: honoured,
  preset: { stance: 'enforced', note: 'HIGHER_BANDWIDTH_DELIVERY has half as many bits again; AWS does not tell its rates' },
  latencyMode: { stance: 'enforced', note: 'LOW is Low-Latency HLS (parts of half a second, playlists and parts that are waited for), which players of others play: how IVS reaches its own player is not documented; NORMAL is HLS of segments of two seconds' },
  insecureIngest: inert('kept and described: RTMP stands in the place of RTMPS, also where it is false'),
  tags: honoured,
};
