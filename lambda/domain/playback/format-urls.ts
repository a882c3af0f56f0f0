import type { ProPipeline, PlaybackEndpoint } from '../pipelines/pipeline.ts';
import { manifestPath, type PackagerPaths } from './packager-paths.ts';

/** Where a viewer gets a format. */
export interface FormatUrl {
  readonly format: PlaybackEndpoint['format'];
  readonly url: string;
}

/** How viewers' paths begin, which is public contract: without slashes at either end. */
export interface ViewerPaths {
  withToken(token: string, breakoutId: string): string;
  withCookies(breakoutId: string): string;
}

/** What telling the formats' URLs needs. */
export interface FormatUrlDeps {
  readonly packager: PackagerPaths;
  readonly paths: ViewerPaths;
}

/** The URL of every format of a pipeline below a viewer's path. @throws NotFoundError, UnavailableError */
export const formatUrls =
  ({ packager }: Pick<FormatUrlDeps, 'packager'>) =>
  ({ delivery, packaging }: ProPipeline, viewerPath: string): Promise<readonly FormatUrl[]> =>
    Promise.all(packaging.endpoints.map(async (endpoint) => ({ format: endpoint.format, url: `${delivery.baseUrl}/${viewerPath}${await manifestPath(packager, endpoint)}` })));
