import type { PlaybackEndpoint } from '../pipelines/pipeline.ts';

/** Asks the packager where an endpoint's manifest is. */
export interface PackagerPaths {
  /** The manifest's path: `/out/v1/<guid>/<manifest>/index.m3u8`. @throws NotFoundError, UnavailableError */
  path(endpointId: string): Promise<string>;
}

/** The manifest's path of an endpoint: as it is registered, else as the packager tells. @throws NotFoundError, UnavailableError */
export const manifestPath = async (packager: PackagerPaths, { endpointId, path }: PlaybackEndpoint): Promise<string> => path ?? packager.path(endpointId);
