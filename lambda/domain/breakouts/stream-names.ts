import { channelPipelines, type ProPipeline } from '../pipelines/pipeline.ts';

/** The stream names of a breakout, by input id: one `<application>/<instance>` an endpoint. Secrets: whoever knows one can push. */
export type StreamNames = Readonly<Record<string, readonly string[]>>;

/** Keeps stream names as secrets, apart from everything else. */
export interface StreamNameVault {
  /** The names kept for this breakout; inputs that have none yet get those proposed. Of two who ask at once both get the same. @throws UnavailableError */
  keep(breakoutId: string, proposed: StreamNames): Promise<StreamNames>;
}

/** Makes random text of letters and digits that nobody guesses: at least 128 bits. */
export type NewSecret = () => string;

// What encoders call the application; the instance behind it is the secret.
const application = 'live';

/** The inputs of a pipeline that take a stream name. */
export const namedInputs = ({ channel }: ProPipeline): ProPipeline['channel']['inputs'] => channel.inputs.filter(({ type }) => type === 'RTMP_PUSH');

/** This breakout's names for the inputs of its pipeline, made on first need and the same ever after. */
export const streamNamesOf =
  ({ streamNames, newSecret }: { readonly streamNames: StreamNameVault; readonly newSecret: NewSecret }) =>
  async (breakoutId: string, pipeline: ProPipeline): Promise<StreamNames> => {
    const newNames = (): string[] => channelPipelines(pipeline).map(() => `${application}/${newSecret()}`);
    return streamNames.keep(breakoutId, Object.fromEntries(namedInputs(pipeline).map(({ inputId }) => [inputId, newNames()])));
  };
