import { DescribeOriginEndpointCommand, MediaPackageClient, NotFoundException, TooManyRequestsException } from '@aws-sdk/client-mediapackage';
import { mockClient } from 'aws-sdk-client-mock';
import { mediaPackagePackagerPaths } from '../../../../lambda/adapters/mediapackage/packager-paths.ts';

const mediapackage = mockClient(MediaPackageClient);
const paths = () => mediaPackagePackagerPaths(new MediaPackageClient({ region: 'us-east-1' }));
const host = 'https://abc.mediapackage.us-east-1.amazonaws.com';

beforeEach(() => mediapackage.reset());

describe('the path of a manifest', () => {
  it('is the one of the CMAF package, asked once', async () => {
    mediapackage.on(DescribeOriginEndpointCommand, { Id: 'main-cmaf' }).resolves({ CmafPackage: { HlsManifests: [{ Id: 'main', Url: `${host}/out/v1/guid/main/index.m3u8` }] } });
    const packager = paths();

    expect([await packager.path('main-cmaf'), await packager.path('main-cmaf')]).toEqual(['/out/v1/guid/main/index.m3u8', '/out/v1/guid/main/index.m3u8']);
    expect(mediapackage.calls()).toHaveLength(1);
  });

  it("is the endpoint's own where the package has none", async () => {
    mediapackage.on(DescribeOriginEndpointCommand).resolves({ Url: `${host}/out/v1/guid/index.mpd` });

    expect(await paths().path('main-dash')).toBe('/out/v1/guid/index.mpd');
  });

  it('fails for an endpoint that does not exist, has no URL, or cannot be asked now', async () => {
    mediapackage.on(DescribeOriginEndpointCommand, { Id: 'none' }).rejects(new NotFoundException({ message: 'no', $metadata: {} }));
    mediapackage.on(DescribeOriginEndpointCommand, { Id: 'empty' }).resolves({});
    mediapackage.on(DescribeOriginEndpointCommand, { Id: 'busy' }).rejects(new TooManyRequestsException({ message: 'slow down', $metadata: {} }));

    await expect(paths().path('none')).rejects.toMatchObject({ name: 'NotFound', code: 'endpoint-not-found' });
    await expect(paths().path('empty')).rejects.toThrow(/endpoint empty has no URL/);
    await expect(paths().path('busy')).rejects.toMatchObject({ name: 'Unavailable' });
  });
});
