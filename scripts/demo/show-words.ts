import type { DemoPipeline } from './demo-pipelines.ts';

/** What is said of a show where the kinds of pipelines differ. */
export interface ShowWords {
  readonly pushing: string;
  readonly completed: string;
  /** What usage is booked after: `1.5 s after …`. */
  readonly ended: string;
  readonly recording: string;
}

/** The words of each kind. A Cam show's stream key is not said: whoever has it can stream, and what a demo prints is passed on. */
export const showWords: Readonly<Record<DemoPipeline['kind'], ShowWords>> = {
  PRO: {
    pushing: 'pushing a stream to both inputs and watching it',
    completed: 'its channel is idle',
    ended: 'the channel was idle',
    recording: 'HLS and an MP4 are being made of the archive',
  },
  CAM: {
    pushing: 'pushing a stream with the stream key that was made for this show (not shown here: whoever has it can stream), and watching it',
    completed: 'its stream has ended, and its stream key is void',
    ended: 'the stream had ended',
    recording: 'the HLS is IVS\'s own recording; an MP4 is being made of it',
  },
};
