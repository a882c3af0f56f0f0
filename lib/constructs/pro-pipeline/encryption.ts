import { ArnFormat, Stack } from 'aws-cdk-lib';
import { PolicyStatement, Role, ServicePrincipal } from 'aws-cdk-lib/aws-iam';
import type { CfnOriginEndpoint } from 'aws-cdk-lib/aws-mediapackage';
import { Construct } from 'constructs';
import { invokedApi } from '../../config/encryption-checks.ts';
import type { EncryptionConfiguration } from '../../config/encryption.ts';

export interface EncryptionProps {
  readonly encryption: EncryptionConfiguration;
}

/**
 * How the packager encrypts each format, and the role by which it asks the key server: unless the configuration names one,
 * `execute-api:Invoke` on the key server's URL and nothing else.
 */
export class Encryption extends Construct {
  private readonly encryption: EncryptionConfiguration;
  private readonly roleArn: string;

  constructor(scope: Construct, id: string, { encryption }: EncryptionProps) {
    super(scope, id);
    this.encryption = encryption;
    this.roleArn = encryption.roleArn ?? this.defineRole().roleArn;
  }

  /** Of an HLS endpoint; absent = in the clear. */
  get hls(): CfnOriginEndpoint.HlsEncryptionProperty | undefined {
    const { HLS: hls } = this.encryption;
    return (
      hls && {
        encryptionMethod: hls.method,
        keyRotationIntervalSeconds: hls.keyRotationSeconds,
        repeatExtXKey: hls.repeatKey,
        ...(hls.initializationVector !== undefined && { constantInitializationVector: hls.initializationVector }),
        spekeKeyProvider: this.keyProvider('hls', [hls.systemId]),
      }
    );
  }

  /** Of a DASH endpoint; absent = in the clear. */
  get dash(): CfnOriginEndpoint.DashEncryptionProperty | undefined {
    const { DASH: dash } = this.encryption;
    return dash && { keyRotationIntervalSeconds: dash.keyRotationSeconds, spekeKeyProvider: this.keyProvider('dash', dash.systemIds) };
  }

  /** Of a Smooth Streaming endpoint, whose key never rotates; absent = in the clear. */
  get mss(): CfnOriginEndpoint.MssEncryptionProperty | undefined {
    const { MSS: mss } = this.encryption;
    return mss && { spekeKeyProvider: this.keyProvider('mss', [mss.systemId]) };
  }

  /** Of a CMAF endpoint; absent = in the clear. */
  get cmaf(): CfnOriginEndpoint.CmafEncryptionProperty | undefined {
    const { CMAF: cmaf } = this.encryption;
    return (
      cmaf && {
        encryptionMethod: cmaf.method,
        keyRotationIntervalSeconds: cmaf.keyRotationSeconds,
        ...(cmaf.initializationVector !== undefined && { constantInitializationVector: cmaf.initializationVector }),
        spekeKeyProvider: this.keyProvider('cmaf', cmaf.systemIds),
      }
    );
  }

  private keyProvider(format: string, systemIds: string[]): CfnOriginEndpoint.SpekeKeyProviderProperty {
    const { keyServerUrl, resourceId, certificateArn } = this.encryption;
    return { url: keyServerUrl, resourceId: `${resourceId}-${format}`, roleArn: this.roleArn, systemIds, ...(certificateArn !== undefined && { certificateArn }) };
  }

  private defineRole(): Role {
    const role = new Role(this, 'Role', { description: 'Lets the packager ask the key server for keys', assumedBy: new ServicePrincipal('mediapackage.amazonaws.com') });
    const api = invokedApi(this.encryption.keyServerUrl, Stack.of(this).region);
    // A key server that is no API of API Gateway, as on one machine, asks IAM nothing.
    if (api === undefined) return role;
    const arn = Stack.of(this).formatArn({ service: 'execute-api', resource: api.apiId, resourceName: api.path, arnFormat: ArnFormat.SLASH_RESOURCE_NAME });
    role.addToPolicy(new PolicyStatement({ actions: ['execute-api:Invoke'], resources: [arn] }));
    return role;
  }
}
