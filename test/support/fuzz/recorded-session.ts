import { spawn } from 'node:child_process';
import { connect, createServer, type AddressInfo } from 'node:net';
import { startRtmpIngest } from '../../../local/media/rtmp/ingest-server.ts';
import { recordingAuthority } from '../media/recording-authority.ts';

/** What a real ffmpeg says to this server while it publishes half a second to `live/secret`. */
export const recordRtmpSession = async (): Promise<Buffer> => {
  const ingest = await startRtmpIngest({ authority: recordingAuthority('live/secret') });
  const said: Buffer[] = [];
  const recorder = createServer((client) => {
    const server = connect(ingest.port, '127.0.0.1');
    client.on('data', (bytes) => void said.push(bytes)).pipe(server).pipe(client);
    client.on('error', () => server.destroy());
    server.on('error', () => client.destroy());
  });
  await new Promise<void>((resolve) => recorder.listen(0, '127.0.0.1', resolve));
  const { port } = recorder.address() as AddressInfo;
  const encoder = spawn('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=64x36:rate=25', '-f', 'lavfi', '-i', 'sine', '-t', '0.5', '-c:v', 'libx264', '-preset', 'ultrafast', '-c:a', 'aac', '-f', 'flv', `rtmp://127.0.0.1:${port}/live/secret`]);
  await new Promise((resolve) => encoder.once('close', resolve));
  await new Promise<void>((resolve) => recorder.close(() => resolve()));
  await ingest.close();
  return Buffer.concat(said);
};
