import { startEncoder, type Encoder, type EncoderOptions } from '../../../scripts/demo/encoder.ts';
import type { AccountCast } from './cast.ts';
import { aBreakout, anEvent, becomes, ingestUrlsOf } from './plans.ts';

/** A show that is on air, fed over every input of its pipeline. */
export interface ShowOnAir {
  readonly breakoutId: string;
  readonly encoder: Encoder;
  /** Ends the encoder and asks for the stop. */
  stop(): Promise<void>;
}

/** Books a show from now on, starts it and feeds every input with one test card. */
export const aShowOnAir = async (account: AccountCast, pipelineId: string, picture: Partial<Pick<EncoderOptions, 'height' | 'overlay'>> = {}): Promise<ShowOnAir> => {
  const { producer } = account;
  const { eventId } = await anEvent(producer);
  const { breakoutId } = await aBreakout(producer, eventId, pipelineId);
  await producer.post(`/breakouts/${breakoutId}/start`);
  await becomes(producer, breakoutId, 'RUNNING');
  const encoder = startEncoder({ urls: await ingestUrlsOf(producer, breakoutId), height: 480, ...picture });
  return {
    breakoutId,
    encoder,
    stop: async () => {
      await encoder.stop();
      await producer.post(`/breakouts/${breakoutId}/stop`);
    },
  };
};
