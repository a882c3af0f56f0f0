import { Aws, Fn } from 'aws-cdk-lib';
import { AccountRecovery, Mfa, OAuthScope, ResourceServerScope, UserPool, type UserPoolClient } from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { acknowledge } from '../acknowledge.ts';
import { removalPolicyOf, type RetentionProps } from '../retention.ts';

export interface IdentityProps extends RetentionProps {
  /** Names the pool and its token endpoint. */
  readonly stage: string;
}

/** Who may call the API: people through the web client, the platform's operator through a machine client. */
export class Identity extends Construct {
  readonly pool: UserPool;
  /** People sign in here (SRP, no secret). */
  readonly webClient: UserPoolClient;
  /** Asks the token endpoint for tokens with its secret (client_credentials). */
  readonly operatorClient: UserPoolClient;
  /** Where the operator's client asks for tokens. */
  readonly tokenEndpoint: string;

  constructor(scope: Construct, id: string, props: IdentityProps) {
    super(scope, id);
    this.pool = this.definePool(props);
    this.webClient = this.pool.addClient('WebClient', { authFlows: { userSrp: true }, disableOAuth: true, preventUserExistenceErrors: true });
    this.operatorClient = this.defineOperatorClient(this.pool);
    // A prefix is unique in a Region over all AWS accounts.
    const domain = this.pool.addDomain('Domain', { cognitoDomain: { domainPrefix: Fn.join('-', ['visionstream', props.stage, Aws.ACCOUNT_ID]) } });
    this.tokenEndpoint = `${domain.baseUrl()}/oauth2/token`;
  }

  private definePool(props: IdentityProps): UserPool {
    const pool = new UserPool(this, 'Pool', {
      userPoolName: `visionstream-${props.stage}`,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      mfa: Mfa.REQUIRED,
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: { minLength: 12, requireLowercase: true, requireUppercase: true, requireDigits: true, requireSymbols: true },
      deletionProtection: props.retainData,
      removalPolicy: removalPolicyOf(props),
    });
    const reason = 'Threat protection needs the Plus plan, which is paid per user; nobody signs up by themselves and a second factor is required.';
    acknowledge(pool, { 'AwsSolutions-COG3': reason, 'AwsSolutions-COG8': reason });
    return pool;
  }

  private defineOperatorClient(pool: UserPool): UserPoolClient {
    const scope = new ResourceServerScope({ scopeName: 'operate', scopeDescription: 'Everything that the platform\'s operator may do' });
    const resourceServer = pool.addResourceServer('Api', { identifier: 'visionstream', scopes: [scope] });
    return pool.addClient('OperatorClient', {
      generateSecret: true,
      oAuth: { flows: { clientCredentials: true }, scopes: [OAuthScope.resourceServer(resourceServer, scope)] },
    });
  }
}
