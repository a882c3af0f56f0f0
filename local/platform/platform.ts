import type { ClientSettings } from '../runtime/ports.ts';
import type { LocalPipeline, LocalPipelineName } from './local-pipelines.ts';

/** How a platform is started. */
export interface PlatformOptions {
  /** The project's root. */
  readonly projectFolder: string;
  /** Kept and used again; a temporary one when absent. */
  readonly dataFolder?: string;
  /** Where synthesised templates are kept; `.cache/templates` in the project when absent. */
  readonly templateCacheFolder?: string;
  /** Delays of AWS are divided by this. */
  readonly timeScale: number;
  /** The stage's pipelines, by name or as a stage's file declares them; `pl_main` and `pl_small` when absent. */
  readonly pipelines?: readonly (LocalPipelineName | LocalPipeline)[];
  /** After how long a show is stopped that nobody feeds; as on any stage when absent. */
  readonly noInputStopSeconds?: number;
  /** What differs from local mode's own delivery, as a stage's file says it: a domain of its own below .test, cookies. */
  readonly delivery?: Readonly<Record<string, unknown>>;
  /** What differs from any stage's recordings, likewise. */
  readonly recordings?: Readonly<Record<string, unknown>>;
  /** The stage's Cam pipelines and what they share, likewise; none when absent. */
  readonly cam?: Readonly<Record<string, unknown>>;
  /** A fixed port; chosen by the system, or as in the data folder, when absent. */
  readonly ports?: Partial<Readonly<Record<PortName, number>>>;
  /** How many threads of functions may idle, 8 when absent: each holds 30 to 40 MB, and saves the next call of its function the loading. */
  readonly idleFunctionThreads?: number;
  readonly ffmpegPath?: string;
  readonly ffprobePath?: string;
  /** Told what is going on while it starts. */
  readonly onProgress?: (message: string) => void;
  readonly signal?: AbortSignal;
}

/** The listeners whose ports can be chosen. */
export type PortName = 'api' | 'gateway' | 'issuer' | 'ivsIngest' | 'ivsPlayback' | 'packager' | 'rtmp';

/** What the CDK app gives out of the stage's foundation. */
export interface StageOutputs {
  readonly userPoolId: string;
  readonly webClientId: string;
  readonly operatorClientId: string;
  readonly archiveBucket: string;
  readonly recordingsBucket: string;
}

/** A running platform. */
export interface Platform {
  /** Of the REST API, without a trailing slash. */
  readonly apiUrl: string;
  /** Of the AWS-compatible endpoints. */
  readonly gatewayUrl: string;
  /** Of the token issuer: `POST /oauth2/token`, and `POST /local/sign-in` in place of a sign-in page. */
  readonly issuerUrl: string;
  readonly rtmpPort: number;
  readonly stage: StageOutputs;
  /** Settings of an SDK client with the operator's credentials. */
  readonly operator: ClientSettings;
  /** What functions print and what services could not do. */
  readonly logFile: string;
  /** An access token of the platform's operator, by its client credentials. */
  operatorToken(): Promise<string>;
  /** An access token of a user, as after signing in. */
  signIn(subject: string): Promise<string>;
  /** Stops everything in order: channels first, so that their archives and logs are kept. */
  close(): Promise<void>;
}
