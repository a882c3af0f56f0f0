/** What a failed function answers, in Lambda's own form. */
export interface FunctionFailure {
  readonly errorType: string;
  readonly errorMessage: string;
  readonly trace: readonly string[];
}

/** What a function's thread is started with. */
export interface WorkerSettings {
  readonly taskRoot: string;
  /** `index.handler` */
  readonly handler: string;
  readonly context: {
    readonly functionName: string;
    readonly functionVersion: string;
    readonly invokedFunctionArn: string;
    readonly memoryLimitInMB: string;
    readonly logGroupName: string;
    readonly logStreamName: string;
  };
  /** Console output as JSON lines instead of text. */
  readonly logsJson: boolean;
}

/** Asks a thread to handle one event. */
export interface InvokeMessage {
  readonly requestId: string;
  /** JSON. */
  readonly payload: string;
  /** Milliseconds since the epoch. */
  readonly deadline: number;
}

/** What a thread tells. `answered.payload` is JSON. */
export type WorkerMessage =
  | { readonly kind: 'ready' }
  | { readonly kind: 'unusable'; readonly failure: FunctionFailure }
  | { readonly kind: 'answered'; readonly payload: string }
  | { readonly kind: 'failed'; readonly failure: FunctionFailure; readonly fatal: boolean }
  | { readonly kind: 'logged'; readonly line: string };
