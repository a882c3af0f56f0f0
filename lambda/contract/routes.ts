/** The functions that serve the REST API, one per privilege boundary. */
export type ApiFunction = 'api' | 'showControl' | 'ingest' | 'playback' | 'monitoring' | 'recordings' | 'usage';

/** What a caller may do: `<thing>:<verb>`. A membership's role grants a set of them; scopes of a machine client narrow it. */
export const privileges = [
  'accounts:add', 'accounts:view', 'accounts:update',
  'events:add', 'events:view', 'events:update',
  'breakouts:add', 'breakouts:view', 'breakouts:update',
  'pipelines:view',
  'streaming:view', 'streaming:start', 'streaming:stop', 'streaming:update',
  'ingest:view',
  'playback:add', 'playback:delete',
  'recordings:update', 'recordings:delete',
  'usage:view', 'usage:close', 'usage:correct',
  'platform:view',
  'terms:update',
] as const;

export type Privilege = (typeof privileges)[number];

/** One operation of the REST API. Both the gateway's routes and the functions' routers are made from this list. */
export interface Route {
  readonly operation: string;
  readonly method: 'GET' | 'POST' | 'PUT' | 'PATCH' | 'DELETE';
  /** With API Gateway's placeholders: `/events/{eventId}`. */
  readonly path: string;
  readonly privilege: Privilege;
  readonly servedBy: ApiFunction;
}

export const routes = [
  { operation: 'createAccount', method: 'POST', path: '/accounts', privilege: 'accounts:add', servedBy: 'api' },
  { operation: 'listAccounts', method: 'GET', path: '/accounts', privilege: 'accounts:view', servedBy: 'api' },
  { operation: 'getAccount', method: 'GET', path: '/accounts/{accountId}', privilege: 'accounts:view', servedBy: 'api' },
  { operation: 'updateAccount', method: 'PATCH', path: '/accounts/{accountId}', privilege: 'accounts:update', servedBy: 'api' },
  { operation: 'getPriceTerms', method: 'GET', path: '/accounts/{accountId}/price-terms', privilege: 'usage:view', servedBy: 'api' },
  { operation: 'setPriceTerms', method: 'PUT', path: '/accounts/{accountId}/price-terms', privilege: 'terms:update', servedBy: 'api' },
  { operation: 'getAccountUsage', method: 'GET', path: '/accounts/{accountId}/usage', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'listAccountUsageChildren', method: 'GET', path: '/accounts/{accountId}/usage/children', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getAccountUsageSeries', method: 'GET', path: '/accounts/{accountId}/usage/series', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'listAccountUsageLines', method: 'GET', path: '/accounts/{accountId}/usage/lines', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'correctAccountPrices', method: 'POST', path: '/accounts/{accountId}/usage/rerated', privilege: 'usage:correct', servedBy: 'api' },
  { operation: 'rerateAccountUsage', method: 'GET', path: '/accounts/{accountId}/usage/rerated', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getMonth', method: 'GET', path: '/accounts/{accountId}/months/{month}', privilege: 'usage:view', servedBy: 'api' },
  { operation: 'closeMonth', method: 'POST', path: '/accounts/{accountId}/months/{month}/close', privilege: 'usage:close', servedBy: 'api' },
  { operation: 'getAccountAudience', method: 'GET', path: '/accounts/{accountId}/audience', privilege: 'usage:view', servedBy: 'monitoring' },
  { operation: 'createEvent', method: 'POST', path: '/events', privilege: 'events:add', servedBy: 'api' },
  { operation: 'listEvents', method: 'GET', path: '/events', privilege: 'events:view', servedBy: 'api' },
  { operation: 'getEvent', method: 'GET', path: '/events/{eventId}', privilege: 'events:view', servedBy: 'api' },
  { operation: 'updateEvent', method: 'PATCH', path: '/events/{eventId}', privilege: 'events:update', servedBy: 'api' },
  { operation: 'getEventUsage', method: 'GET', path: '/events/{eventId}/usage', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'listEventUsageChildren', method: 'GET', path: '/events/{eventId}/usage/children', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getEventUsageSeries', method: 'GET', path: '/events/{eventId}/usage/series', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'correctEventPrices', method: 'POST', path: '/events/{eventId}/usage/rerated', privilege: 'usage:correct', servedBy: 'api' },
  { operation: 'rerateEventUsage', method: 'GET', path: '/events/{eventId}/usage/rerated', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getEventAudience', method: 'GET', path: '/events/{eventId}/audience', privilege: 'usage:view', servedBy: 'monitoring' },
  { operation: 'createBreakout', method: 'POST', path: '/events/{eventId}/breakouts', privilege: 'breakouts:add', servedBy: 'api' },
  { operation: 'listBreakouts', method: 'GET', path: '/events/{eventId}/breakouts', privilege: 'breakouts:view', servedBy: 'api' },
  { operation: 'getBreakout', method: 'GET', path: '/breakouts/{breakoutId}', privilege: 'breakouts:view', servedBy: 'api' },
  { operation: 'updateBreakout', method: 'PATCH', path: '/breakouts/{breakoutId}', privilege: 'breakouts:update', servedBy: 'api' },
  { operation: 'getBreakoutUsage', method: 'GET', path: '/breakouts/{breakoutId}/usage', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'listBreakoutUsageLines', method: 'GET', path: '/breakouts/{breakoutId}/usage/lines', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'correctBreakoutPrices', method: 'POST', path: '/breakouts/{breakoutId}/usage/rerated', privilege: 'usage:correct', servedBy: 'api' },
  { operation: 'listBreakoutUsageVersions', method: 'GET', path: '/breakouts/{breakoutId}/usage/versions', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'compareBreakoutUsageVersions', method: 'GET', path: '/breakouts/{breakoutId}/usage/difference', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getBreakoutUsageSeries', method: 'GET', path: '/breakouts/{breakoutId}/usage/series', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getBreakoutUsagePoints', method: 'GET', path: '/breakouts/{breakoutId}/usage/points', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'rerateBreakoutUsage', method: 'GET', path: '/breakouts/{breakoutId}/usage/rerated', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getBreakoutAudience', method: 'GET', path: '/breakouts/{breakoutId}/audience', privilege: 'usage:view', servedBy: 'monitoring' },
  { operation: 'listBreakoutRecordings', method: 'GET', path: '/breakouts/{breakoutId}/recordings', privilege: 'breakouts:view', servedBy: 'api' },
  { operation: 'listEventRecordings', method: 'GET', path: '/events/{eventId}/recordings', privilege: 'breakouts:view', servedBy: 'api' },
  { operation: 'listAccountRecordings', method: 'GET', path: '/accounts/{accountId}/recordings', privilege: 'breakouts:view', servedBy: 'api' },
  { operation: 'createRecordingPlayback', method: 'POST', path: '/breakouts/{breakoutId}/recordings/{recordingId}/playback', privilege: 'playback:add', servedBy: 'playback' },
  { operation: 'revokeRecordingPlayback', method: 'DELETE', path: '/breakouts/{breakoutId}/recordings/{recordingId}/playback', privilege: 'playback:delete', servedBy: 'playback' },
  { operation: 'createRecordingShare', method: 'POST', path: '/breakouts/{breakoutId}/recordings/{recordingId}/share', privilege: 'recordings:update', servedBy: 'recordings' },
  { operation: 'deleteRecordingShare', method: 'DELETE', path: '/breakouts/{breakoutId}/recordings/{recordingId}/share/{shareId}', privilege: 'recordings:update', servedBy: 'recordings' },
  { operation: 'deleteRecording', method: 'DELETE', path: '/breakouts/{breakoutId}/recordings/{recordingId}', privilege: 'recordings:delete', servedBy: 'recordings' },
  { operation: 'listPipelines', method: 'GET', path: '/pipelines', privilege: 'pipelines:view', servedBy: 'api' },
  { operation: 'getPipeline', method: 'GET', path: '/pipelines/{pipelineId}', privilege: 'pipelines:view', servedBy: 'api' },
  { operation: 'startBreakout', method: 'POST', path: '/breakouts/{breakoutId}/start', privilege: 'streaming:start', servedBy: 'showControl' },
  { operation: 'stopBreakout', method: 'POST', path: '/breakouts/{breakoutId}/stop', privilege: 'streaming:stop', servedBy: 'showControl' },
  { operation: 'extendBreakout', method: 'POST', path: '/breakouts/{breakoutId}/extend', privilege: 'streaming:update', servedBy: 'showControl' },
  { operation: 'abortBreakout', method: 'POST', path: '/breakouts/{breakoutId}/abort', privilege: 'streaming:stop', servedBy: 'showControl' },
  { operation: 'resetBreakout', method: 'POST', path: '/breakouts/{breakoutId}/reset', privilege: 'streaming:start', servedBy: 'showControl' },
  { operation: 'changePipeline', method: 'POST', path: '/breakouts/{breakoutId}/change-pipeline', privilege: 'streaming:start', servedBy: 'showControl' },
  { operation: 'switchInput', method: 'POST', path: '/breakouts/{breakoutId}/switch-input', privilege: 'streaming:update', servedBy: 'showControl' },
  { operation: 'getHealth', method: 'GET', path: '/breakouts/{breakoutId}/health', privilege: 'streaming:view', servedBy: 'monitoring' },
  { operation: 'getDistribution', method: 'GET', path: '/pipelines/{pipelineId}/distribution', privilege: 'pipelines:view', servedBy: 'monitoring' },
  { operation: 'listBreakoutLog', method: 'GET', path: '/breakouts/{breakoutId}/log', privilege: 'streaming:view', servedBy: 'api' },
  { operation: 'listLog', method: 'GET', path: '/log', privilege: 'streaming:view', servedBy: 'api' },
  { operation: 'listLive', method: 'GET', path: '/live', privilege: 'streaming:view', servedBy: 'api' },
  { operation: 'getIngest', method: 'GET', path: '/breakouts/{breakoutId}/ingest', privilege: 'ingest:view', servedBy: 'ingest' },
  { operation: 'createPlayback', method: 'POST', path: '/breakouts/{breakoutId}/playback', privilege: 'playback:add', servedBy: 'playback' },
  { operation: 'revokePlayback', method: 'DELETE', path: '/breakouts/{breakoutId}/playback', privilege: 'playback:delete', servedBy: 'playback' },
  { operation: 'createPreview', method: 'POST', path: '/breakouts/{breakoutId}/preview', privilege: 'streaming:update', servedBy: 'playback' },
  { operation: 'revokePreviews', method: 'DELETE', path: '/breakouts/{breakoutId}/preview', privilege: 'streaming:update', servedBy: 'playback' },
  { operation: 'setCurtain', method: 'PUT', path: '/breakouts/{breakoutId}/curtain', privilege: 'streaming:update', servedBy: 'playback' },
  { operation: 'listPriceBooks', method: 'GET', path: '/price-books', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getPriceBook', method: 'GET', path: '/price-books/{priceBookId}', privilege: 'usage:view', servedBy: 'usage' },
  { operation: 'getPlatformUsage', method: 'GET', path: '/platform/usage', privilege: 'platform:view', servedBy: 'usage' },
  { operation: 'listPlatformUsageChildren', method: 'GET', path: '/platform/usage/children', privilege: 'platform:view', servedBy: 'usage' },
  { operation: 'getPlatformUsagePoints', method: 'GET', path: '/platform/usage/points', privilege: 'platform:view', servedBy: 'usage' },
  { operation: 'getPlatformUsageSeries', method: 'GET', path: '/platform/usage/series', privilege: 'platform:view', servedBy: 'usage' },
  { operation: 'listPlatformUsageLines', method: 'GET', path: '/platform/usage/lines', privilege: 'platform:view', servedBy: 'usage' },
  { operation: 'reratePlatformUsage', method: 'GET', path: '/platform/usage/rerated', privilege: 'platform:view', servedBy: 'usage' },
  { operation: 'reratePlatformUsageLines', method: 'GET', path: '/platform/usage/lines/rerated', privilege: 'platform:view', servedBy: 'usage' },
] as const satisfies readonly Route[];

/** The one route that needs no token: who has a share link is led to its recording. */
export const sharedRoute = { method: 'GET', path: '/shared/{secret}' } as const;

/** The name of an operation of the REST API. */
export type Operation = (typeof routes)[number]['operation'];

/** What the authoriser passes to the functions with every call (strings only, as API Gateway passes them). */
export interface CallerContext {
  readonly subject: string;
  /** `PLATFORM` for the platform's operator, else the caller's account. */
  readonly accountId: string;
  readonly role: string;
  /** Space-separated privileges. */
  readonly privileges: string;
}
