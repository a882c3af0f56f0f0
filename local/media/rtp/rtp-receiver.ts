import { createSocket, type Socket } from 'node:dgram';
import { runProgram } from '../processes/child-process.ts';
import type { RtpReceiver, RtpReceiverOptions } from './receiving.ts';
import { remuxArguments } from './remux-arguments.ts';
import { RtpEndpoint } from './rtp-endpoint.ts';

/** A second of a 50 Mbit/s stream: what the kernel keeps while this process is busy. */
const socketBufferBytes = 6_291_456;

/** Opens an RTP endpoint. Rejects with what to do when the port is in use. */
export const startRtpReceiver = async (options: RtpReceiverOptions): Promise<RtpReceiver> => {
  const socket = createSocket('udp4');
  const endpoint = new RtpEndpoint({ ...options, admits: (address) => options.admits(address), findSink: () => options.findSink(), startProgram: (streams) => runProgram(options.ffmpegPath, remuxArguments(streams), { pipeCount: 1 }) });
  socket.on('message', (datagram, remote) => endpoint.receive(datagram, remote));
  const port = await bind(socket, options.port ?? 0);
  // An error of a later send or receive concerns one datagram.
  socket.on('error', (error) => options.log?.(`rtp: ${error.message}`));
  return {
    port,
    get counters() {
      return endpoint.counters;
    },
    close: async () => {
      await new Promise<void>((resolve) => socket.close(() => resolve()));
      await endpoint.close();
    },
  };
};

const bind = (socket: Socket, port: number): Promise<number> =>
  new Promise((resolve, reject) => {
    const onError = (error: NodeJS.ErrnoException): void => {
      socket.close();
      reject(error.code === 'EADDRINUSE' ? new Error(`UDP port ${port} of 127.0.0.1 is in use: stop what uses it, or choose another`, { cause: error }) : error);
    };
    socket.once('error', onError);
    socket.bind(port, '127.0.0.1', () => {
      socket.off('error', onError);
      socket.setRecvBufferSize(socketBufferBytes);
      resolve(socket.address().port);
    });
  });
