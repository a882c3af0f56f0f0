import { encodeFlvTag, flvHeader } from '../../../local/media/flv/flv-tag.ts';
import { RtpEndpoint, type RtpEndpointOptions } from '../../../local/media/rtp/rtp-endpoint.ts';
import { manualClock, settled, type ManualClock } from '../manual-clock.ts';
import { fakeProgram, type FakeProgram } from './fake-program.ts';
import { recordingSink, type RecordingSink } from './recording-sink.ts';
import { aTransportStream, inRtpPackets } from './transport-stream.ts';

/** What senders send: a second of a transport stream. */
export const sentStream = aTransportStream({ seconds: 1 });

const remote = { address: '127.0.0.1', port: 5000 };
const picture = Buffer.concat([flvHeader({ audio: true, video: true }), encodeFlvTag({ kind: 'video', timestamp: 1400, data: Buffer.from([0x17, 1, 0, 0, 0, 9]) })]);

/** An RTP endpoint between datagrams that a test gives, programs that do as told and a sink that records. */
export interface RtpStage {
  readonly clock: ManualClock;
  readonly sink: RecordingSink;
  readonly endpoint: RtpEndpoint;
  readonly programs: readonly FakeProgram[];
  /** Datagrams of one sender unless told. */
  receive(datagrams: readonly Buffer[], from?: typeof remote): void;
  /** What the programs were given, all in all. */
  fed(): Buffer;
  /** Receives the stream, and lets its program answer with a picture. */
  begun(datagrams?: readonly Buffer[]): Promise<void>;
}

/** Opens the stage; its endpoint is to be closed. */
export const rtpStage = (options: Partial<RtpEndpointOptions> = {}): RtpStage => {
  const clock = manualClock();
  const sink = recordingSink();
  const programs: FakeProgram[] = [];
  const startProgram = () => {
    const program = fakeProgram();
    programs.push(program);
    return program;
  };
  const endpoint = new RtpEndpoint({ admits: () => true, findSink: () => sink, clock, startProgram, ...options });
  const receive: RtpStage['receive'] = (datagrams, from = remote) => {
    for (const datagram of datagrams) endpoint.receive(datagram, from);
  };
  return {
    clock, sink, endpoint, programs, receive,
    fed: () => Buffer.concat(programs.flatMap((program) => program.fed)),
    begun: async (datagrams = inRtpPackets(sentStream)) => {
      receive(datagrams);
      programs[0]?.output.write(picture);
      await settled();
    },
  };
};
