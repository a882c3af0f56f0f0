import { isAacStream, type RelayableStreams } from '../mpegts/programme.ts';

/**
 * How ffmpeg turns a transport stream on its standard input into FLV on descriptor 3, on the source's own clock. H.264 and AAC
 * pass as they are, other sound becomes AAC. It waits for the parameters of both, not for a guess of the frame rate; sound that
 * stops holds pictures back for a second, not for ffmpeg's ten.
 */
export const remuxArguments = ({ video, audio }: RelayableStreams): readonly string[] => [
  '-v', 'error', '-nostdin',
  '-scan_all_pmts', '0', '-probesize', '8000000', '-analyzeduration', audio === undefined ? '300000' : '1000000', '-fpsprobesize', '0',
  '-f', 'mpegts', '-i', 'pipe:0',
  '-map', `0:i:${video.pid}`, '-c:v', 'copy',
  ...(audio === undefined ? [] : ['-map', `0:i:${audio.pid}`, ...(isAacStream(audio) ? ['-c:a', 'copy', '-bsf:a', 'aac_adtstoasc'] : ['-c:a', 'aac', '-ar', '48000', '-b:a', '192k'])]),
  '-copyts', '-max_interleave_delta', '1000000', '-flush_packets', '1', '-f', 'flv', '-flvflags', 'no_duration_filesize', 'pipe:3',
];
