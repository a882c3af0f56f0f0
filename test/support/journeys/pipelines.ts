/** A pipeline as a stage's file declares it. */
export interface JourneyPipeline extends Readonly<Record<string, unknown>> {
  readonly id: string;
}

/** Where this machine's encoders push from. */
export const ownSources: readonly string[] = ['127.0.0.1/32'];

const network = { type: 'PUBLIC', allowedSources: ownSources };

/** How much a pipeline with a short tail lists. */
export const shortTailWindowSeconds = 6;

// Enough for who looks at no rungs: three take three times as much of the processors that journeys share.
const oneRung = { rungs: [{ name: '240p', widthPixels: 426, heightPixels: 240, videoBitsPerSecond: 300_000, audioBitsPerSecond: 96_000 }] };

/** A pipeline of two inputs and one rung in HLS alone, free 38 seconds after a stop: it lists three segments of two seconds. */
export const aShortTail = (id: string, change: Readonly<Record<string, unknown>> = {}): JourneyPipeline => ({
  ...{ id, name: id, kind: 'PRO', ladder: oneRung, inputs: { network } },
  formats: { HLS: { segmentSeconds: 2, windowSeconds: shortTailWindowSeconds } },
  ...change,
});
