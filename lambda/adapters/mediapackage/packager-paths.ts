import { DescribeOriginEndpointCommand, type DescribeOriginEndpointCommandOutput, type MediaPackageClient, NotFoundException } from '@aws-sdk/client-mediapackage';
import type { PackagerPaths } from '../../domain/playback/packager-paths.ts';
import { notFound } from '../../domain/shared/caller.ts';
import { calling } from '../service-faults.ts';

/** CMAF fills no URL of the endpoint itself: its manifests have one each, and ours have one manifest. */
const urlOf = ({ Url, CmafPackage }: DescribeOriginEndpointCommandOutput): string | undefined => CmafPackage?.HlsManifests?.[0]?.Url ?? Url;

/**
 * The endpoints of MediaPackage, each asked once in the life of the function's environment: a path changes only with
 * its endpoint's id. IAM: mediapackage:DescribeOriginEndpoint on the stage's endpoints.
 */
export const mediaPackagePackagerPaths = (client: Pick<MediaPackageClient, 'send'>): PackagerPaths => {
  const known = new Map<string, string>();
  const ask = async (Id: string): Promise<string> => {
    try {
      const url = urlOf(await calling('mediapackage', () => client.send(new DescribeOriginEndpointCommand({ Id }))));
      if (url === undefined || url === '') throw new Error(`endpoint ${Id} has no URL: its package has to have a manifest`);
      return new URL(url).pathname;
    } catch (error) {
      throw error instanceof NotFoundException ? notFound('endpoint', Id) : error;
    }
  };
  return {
    async path(endpointId) {
      const path = known.get(endpointId) ?? (await ask(endpointId));
      known.set(endpointId, path);
      return path;
    },
  };
};
