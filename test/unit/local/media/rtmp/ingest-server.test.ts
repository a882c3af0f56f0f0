import { spawn } from 'node:child_process';
import { connect } from 'node:net';
import fc from 'fast-check';
import { writeAmfValues } from '../../../../../local/media/rtmp/amf0-writer.ts';
import { writeMessage } from '../../../../../local/media/rtmp/chunk-writer.ts';
import { startRtmpIngest, type RtmpIngest, type RtmpIngestOptions } from '../../../../../local/media/rtmp/ingest-server.ts';
import { messageType } from '../../../../../local/media/rtmp/message.ts';
import { recordingAuthority, type RecordingAuthority } from '../../../../support/media/recording-authority.ts';
import { connectRtmp, type RtmpClient } from '../../../../support/media/rtmp-client.ts';

let ingest: RtmpIngest;
let authority: RecordingAuthority;
const clients: RtmpClient[] = [];

const start = async (options: Partial<RtmpIngestOptions> = {}): Promise<void> => {
  authority = recordingAuthority('live/secret');
  ingest = await startRtmpIngest({ authority, ...options });
};

const aClient = async (): Promise<RtmpClient> => {
  const client = await connectRtmp(ingest.port);
  clients.push(client);
  return client;
};

const publish = async (client: RtmpClient, application: string, instance: string): Promise<void> => {
  client.command('connect', 1, new Map([['app', application]]));
  client.command('releaseStream', 2, null, instance);
  client.command('FCPublish', 3, null, instance);
  client.command('createStream', 4, null);
  client.command('publish', 5, null, instance, 'live');
};

afterEach(async () => {
  for (const client of clients.splice(0)) client.close();
  await ingest.close();
});

describe('an RTMP ingest server', () => {
  it('takes the stream of a real ffmpeg', async () => {
    await start();
    const encoder = spawn('ffmpeg', ['-v', 'error', '-f', 'lavfi', '-i', 'testsrc=size=160x90:rate=25', '-f', 'lavfi', '-i', 'sine', '-t', '1', '-c:v', 'libx264', '-preset', 'ultrafast', '-g', '25', '-c:a', 'aac', '-f', 'flv', `rtmp://127.0.0.1:${ingest.port}/live/secret`]);
    const exit = new Promise((resolve) => encoder.once('close', resolve));

    await authority.until(() => authority.ended === 1);

    expect(await exit).toBe(0);
    expect(authority.tags.filter((tag) => tag.kind === 'video').length).toBeGreaterThanOrEqual(25);
    expect(authority.tags.find((tag) => tag.kind === 'script')?.data.subarray(3, 13).toString()).toBe('onMetaData');
  });

  it('accepts a valid name with the commands that OBS sends', async () => {
    await start();
    const client = await aClient();

    await publish(client, 'live/', 'secret?token=1');
    await client.hear('NetStream.Publish.Start');
    client.message(messageType.dataAmf0, writeAmfValues('@setDataFrame', 'onMetaData', new Map([['width', 16]])));
    await authority.until(() => authority.tags.length === 1);

    expect(authority.tags[0]?.data).toEqual(writeAmfValues('onMetaData', new Map([['width', 16]])));
  });

  it('refuses an unknown instance before any media and closes', async () => {
    await start();
    const client = await aClient();

    await publish(client, 'live', 'guess');
    await client.closed;

    expect(client.heard).toContain('NetStream.Publish.BadName');
    expect(authority.publishers).toHaveLength(0);
  });

  it('rejects the connection of an unknown application', async () => {
    await start();
    const client = await aClient();

    client.command('connect', 1, new Map([['app', 'other']]));
    await client.closed;

    expect(client.heard).toContain('NetConnection.Connect.Rejected');
  });

  it('refuses a second encoder while the first lives, and takes it at once after', async () => {
    await start();
    const [first, second] = [await aClient(), await aClient()];
    await publish(first, 'live', 'secret');
    await first.hear('NetStream.Publish.Start');

    await publish(second, 'live', 'secret');
    await second.closed;
    first.close();
    await authority.until(() => authority.ended === 1);
    const third = await aClient();
    await publish(third, 'live', 'secret');

    await expect(third.hear('NetStream.Publish.Start')).resolves.toBeUndefined();
    expect(second.heard).toContain('NetStream.Publish.BadName');
  });

  it('lets a connection publish again after deleteStream', async () => {
    await start();
    const client = await aClient();
    await publish(client, 'live', 'secret');
    client.command('deleteStream', 6, null, 1);
    await client.hear('NetStream.Unpublish.Success');

    client.command('publish', 7, null, 'secret', 'live');
    await authority.until(() => authority.publishers.length === 2);

    expect(authority.ended).toBe(1);
  });

  it('closes on media before publish', async () => {
    await start();
    const client = await aClient();

    client.message(messageType.video, Buffer.from([0x17, 0]));

    await expect(client.closed).resolves.toBeUndefined();
    expect(authority.tags).toHaveLength(0);
  });

  it('closes a connection that never publishes', async () => {
    await start({ handshakeMilliseconds: 50 });
    const client = await aClient();

    await expect(client.closed).resolves.toBeUndefined();
  });

  it('forgets a publisher that sends nothing for too long', async () => {
    await start({ stallMilliseconds: 80 });
    const client = await aClient();
    await publish(client, 'live', 'secret');

    await authority.until(() => authority.ended === 1);

    await expect(client.closed).resolves.toBeUndefined();
  });

  it('answers pings and acknowledges what it received', async () => {
    await start();
    const client = await aClient();
    await publish(client, 'live', 'secret');
    client.message(messageType.windowAcknowledgementSize, Buffer.from([0, 0, 0, 1]));
    client.message(messageType.userControl, Buffer.from([0, 6, 0, 0, 0, 9]));
    client.message(messageType.setChunkSize, Buffer.from([0, 1, 0, 0]));

    client.raw(Buffer.concat([Buffer.from([6, 0, 0, 0, 1, 0, 0, 9, 1, 0, 0, 0]), Buffer.alloc(65_536)]));

    await client.hear('type 3');
    expect(client.heard).toContain('type 4');
  });

  it.each([
    ['an application', (client: RtmpClient) => client.command('connect', 1, new Map([['app', '/'.repeat(60_000)]]))],
    ['a stream name', (client: RtmpClient) => {
      client.command('connect', 1, new Map([['app', 'live']]));
      client.command('publish', 2, null, '?'.repeat(60_000));
    }],
    ['a command', (client: RtmpClient) => client.command('connect', 1, new Map([['app', 'x'.repeat(70_000)]]))],
  ])('closes at once on %s that is far too long', async (_, say) => {
    await start();
    const client = await aClient();
    client.message(messageType.setChunkSize, Buffer.from([0, 0, 0x10, 0]));

    say(client);

    await expect(client.closed).resolves.toBeUndefined();
  });

  it('closes a connection that asks and never reads', async () => {
    await start();
    const socket = connect(ingest.port, '127.0.0.1');
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined).pause();
    socket.write(Buffer.concat([Buffer.from([3]), Buffer.alloc(3072)]));
    const pings = Buffer.concat(Array.from({ length: 20_000 }, () => writeMessage({ type: messageType.userControl, streamId: 0, payload: Buffer.from([0, 6, 0, 0, 0, 9]) })));

    const asking = setInterval(() => void socket.write(pings), 5);

    await expect(closed).resolves.toBe(true);
    clearInterval(asking);
  });

  it('closes a connection that stopped publishing and stays', async () => {
    await start({ handshakeMilliseconds: 300 });
    const client = await aClient();
    await publish(client, 'live', 'secret');
    await client.hear('NetStream.Publish.Start');

    client.command('deleteStream', 6, null, 1);

    await expect(client.closed).resolves.toBeUndefined();
  });

  it('cuts off a refused peer that keeps talking', async () => {
    await start();
    const socket = connect({ port: ingest.port, host: '127.0.0.1', allowHalfOpen: true });
    const closed = new Promise((resolve) => socket.once('close', resolve));
    socket.on('error', () => undefined).resume();
    socket.write(Buffer.concat([Buffer.from([3]), Buffer.alloc(3072), writeMessage({ type: messageType.commandAmf0, streamId: 0, payload: writeAmfValues('connect', 1, new Map([['app', 'other']])) })]));

    const talking = setInterval(() => void socket.write(Buffer.alloc(100)), 50);

    await expect(closed).resolves.toBeDefined();
    clearInterval(talking);
  });

  it('survives garbage and serves the next encoder', async () => {
    await start();
    await fc.assert(fc.asyncProperty(fc.uint8Array({ minLength: 1, maxLength: 3000 }), fc.boolean(), async (bytes, polite) => {
      const client = await connectRtmp(ingest.port);
      if (polite) client.command('connect', 1, new Map([['app', 'live']]));
      client.raw(Buffer.from(bytes));
      client.close();
      await client.closed;
    }), { numRuns: 60 });

    const client = await aClient();
    await publish(client, 'live', 'secret');

    await expect(client.hear('NetStream.Publish.Start')).resolves.toBeUndefined();
  });
});
