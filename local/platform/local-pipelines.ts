import { readFileSync } from 'node:fs';
import { z } from 'zod';

/** A pipeline as a stage's file declares it: the stage's schema decides whether it can be used. */
export type LocalPipeline = Readonly<Record<string, unknown>>;

/** Encoders are on this machine. */
const network = { type: 'PUBLIC', allowedSources: ['127.0.0.1/32'] };

const pipeline = (id: string, name: string, ladder: string, change: LocalPipeline = {}): LocalPipeline => ({ id, name, kind: 'PRO', ladder, inputs: { network }, ...change });

const named = {
  pl_main: pipeline('pl_main', 'Main stage', 'house'),
  pl_small: pipeline('pl_small', 'Small stage', 'small'),
  pl_standard: pipeline('pl_standard', 'Two encoders', 'small', { channelClass: 'STANDARD' }),
  pl_rtp: pipeline('pl_rtp', 'RTP', 'small', { inputs: { type: 'RTP_PUSH', network } }),
  pl_equal: pipeline('pl_equal', 'Equal inputs', 'small', { failover: { preference: 'EQUAL_INPUT_PREFERENCE' } }),
  'pl_low-latency': pipeline('pl_low-latency', 'Low latency', 'low-latency'),
} as const;

/** Pipelines that local mode knows by name. */
export type LocalPipelineName = keyof typeof named;

/** The names of the pipelines that local mode knows. */
export const localPipelineNames: readonly LocalPipelineName[] = z.array(z.custom<LocalPipelineName>()).parse(Object.keys(named));

/** The Cam pipeline that local mode knows by name: it passes the encoder's pictures on, which any machine can. */
export const localCamPipelineId = 'pl_cam';

/** What declares that pipeline, but for the key of its viewers. It is deployed where it is asked for: it is a stack more, and more permissions. */
export const localCam: LocalPipeline = { pipelines: [{ id: localCamPipelineId, name: 'Camera', type: 'BASIC' }] };

/** What a platform has unless it is told otherwise: each further pipeline is a stack more to synthesise and to deploy. */
export const defaultLocalPipelines: readonly LocalPipelineName[] = ['pl_main', 'pl_small'];

/** Pipelines by name, and others as they are. */
export const localPipelines = (chosen: readonly (LocalPipelineName | LocalPipeline)[]): readonly LocalPipeline[] => chosen.map((choice) => (typeof choice === 'string' ? named[choice] : choice));

interface DeclaredPipelines {
  readonly pipelines: readonly { readonly id: string }[];
  readonly cam?: { readonly pipelines: readonly { readonly id: string }[] } | undefined;
}

const firstOf = ({ pipelines, cam }: DeclaredPipelines): string | undefined => [...pipelines, ...(cam?.pipelines ?? [])][0]?.id;

const stageFile = z
  .looseObject({
    cam: z.looseObject({ pipelines: z.array(z.looseObject({ id: z.string() })) }).optional(),
    pipelines: z.array(z.looseObject({ id: z.string(), inputs: z.looseObject({ network: z.looseObject({ type: z.string() }) }) })).default([]),
  })
  .refine((file) => firstOf(file) !== undefined, { error: 'no pipeline: expected at least one, in pipelines or cam.pipelines' });

const parsedFile = (path: string): z.infer<typeof stageFile> => {
  try {
    return stageFile.parse(JSON.parse(readFileSync(path, 'utf8')));
  } catch (cause) {
    throw new Error(`${path} is no stage configuration: ${cause instanceof Error ? cause.message : String(cause)}; expected JSON with pipelines, such as config/dev.json`, { cause });
  }
};

/** What a stage's file declares of Cam pipelines; undefined = nothing. @throws Error that says what is wrong with the file */
export const readLocalCam = (path: string): LocalPipeline | undefined => parsedFile(path).cam;

/** The pipelines of a stage's file, reached from this machine in place of the sources that they declare. @throws Error that says what is wrong with the file */
export const readLocalPipelines = (path: string): readonly LocalPipeline[] =>
  parsedFile(path).pipelines.map(({ inputs, ...declared }) => ({ ...declared, inputs: { ...inputs, network: inputs.network.type === 'PUBLIC' ? network : inputs.network } }));

/** The pipeline that a stage's file declares first, Pro before Cam. @throws Error that says what is wrong with the file */
export const readFirstPipelineId = (path: string): string => {
  const first = firstOf(parsedFile(path));
  if (first === undefined) throw new Error(`${path} declares no pipeline`);
  return first;
};
