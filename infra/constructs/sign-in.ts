import { Aws, Duration, RemovalPolicy, SecretValue, Validations } from 'aws-cdk-lib';
import {
  AccountRecovery,
  CfnUserPoolGroup,
  ClientAttributes,
  FeaturePlan,
  Mfa,
  OAuthScope,
  ProviderAttribute,
  StringAttribute,
  UserPool,
  UserPoolClient,
  UserPoolClientIdentityProvider,
  UserPoolIdentityProviderOidc,
  UserPoolIdentityProviderSaml,
  UserPoolIdentityProviderSamlMetadata,
  type IUserPoolIdentityProvider,
} from 'aws-cdk-lib/aws-cognito';
import { Construct } from 'constructs';
import { CLAIMS, REMOTE_GROUPS_ATTRIBUTE, SESSION_HOURS } from '../../shared/contract/identity-claims.ts';
import { GROUPS } from '../../shared/domain/person.ts';
import type { StageConfig } from '../stage-config.ts';
import type { PortalFunction } from './portal-function.ts';

interface SignInProps {
  readonly config: StageConfig;
  /** The portal's origin, where the code flow returns to. */
  readonly portalUrl: string;
}

const MFA = { off: Mfa.OFF, optional: Mfa.OPTIONAL, required: Mfa.REQUIRED } as const;

const TOKEN_VALIDITY = Duration.minutes(15);

/** What sign-in writes of a federated person at each sign-in. Nobody else can: the client lacks the scope for it. */
const MAPPED = new ClientAttributes()
  .withStandardAttributes({ email: true })
  .withCustomAttributes(REMOTE_GROUPS_ATTRIBUTE);

/** Cognito takes an empty list for every standard attribute; the portal reads no one's locale. */
const NOTHING_OF_USE = new ClientAttributes().withStandardAttributes({ locale: true });

const domainPrefix = ({ environment, signIn }: StageConfig): string =>
  signIn.domainPrefix ?? `atmo-${environment}-${Aws.ACCOUNT_ID}`;

/** The host of the sign-in pages, known without a reference to the user pool. */
export const signInHost = (config: StageConfig): string =>
  `${domainPrefix(config)}.auth.${Aws.REGION}.amazoncognito.com`;

/** Cognito: its own users, or those of a provider federated into it; a public client with the code flow and PKCE. */
export class SignIn extends Construct {
  private readonly config: StageConfig;
  private readonly portalUrl: string;
  private readonly client: UserPoolClient;
  readonly userPool: UserPool;

  constructor(scope: Construct, id: string, { config, portalUrl }: SignInProps) {
    super(scope, id);
    this.config = config;
    this.portalUrl = portalUrl;
    this.userPool = this.protectedPool();
    const provider = this.federatedProvider();
    this.client = this.publicClient(provider);
    this.userPool.addDomain('Domain', { cognitoDomain: { domainPrefix: domainPrefix(config) } });
    for (const [key, groupName] of Object.entries(GROUPS)) {
      new CfnUserPoolGroup(this, `Group-${key}`, { userPoolId: this.userPool.userPoolId, groupName });
    }
  }

  /** Where functions find sign-in; no permission goes with it, since the flow is plain HTTPS. */
  configure(fn: PortalFunction): void {
    const origin = `https://${signInHost(this.config)}`;
    const issuer = `https://cognito-idp.${Aws.REGION}.${Aws.URL_SUFFIX}/${this.userPool.userPoolId}`;
    fn.configure({
      publicUrl: this.portalUrl,
      oidcIssuer: issuer,
      oidcJwksUrl: `${issuer}/.well-known/jwks.json`,
      oidcAuthorizeUrl: `${origin}/oauth2/authorize`,
      oidcTokenUrl: `${origin}/oauth2/token`,
      oidcLogoutUrl: `${origin}/logout`,
      oidcClientId: this.client.userPoolClientId,
      allowedRemoteGroups: this.config.allowedRemoteGroups.join(','),
      cookiePrefix: '__Host-',
    });
  }

  /** Who is still in the user pool, and enabled. */
  grantListUsers(fn: PortalFunction): void {
    const { federation } = this.config.signIn;
    fn.permit({ actions: ['cognito-idp:ListUsers'], resources: [this.userPool.userPoolArn] });
    fn.configure({
      userPoolId: this.userPool.userPoolId,
      inactiveDays: federation.kind === 'none' ? '' : String(federation.inactiveDays ?? ''),
    });
  }

  private protectedPool(): UserPool {
    const pool = new UserPool(this, 'UserPool', {
      userPoolName: `atmo-${this.config.environment}`,
      featurePlan: FeaturePlan.ESSENTIALS,
      selfSignUpEnabled: false,
      signInAliases: { email: true },
      signInCaseSensitive: false,
      accountRecovery: AccountRecovery.EMAIL_ONLY,
      standardAttributes: { email: { required: true, mutable: true } },
      // A new address counts only once it is verified; until then the old one does.
      keepOriginal: { email: true },
      mfa: MFA[this.config.signIn.mfa],
      mfaSecondFactor: { otp: true, sms: false },
      passwordPolicy: {
        minLength: 12,
        requireDigits: true,
        requireLowercase: true,
        requireUppercase: true,
        requireSymbols: true,
        tempPasswordValidity: Duration.days(3),
      },
      customAttributes: { [REMOTE_GROUPS_ATTRIBUTE]: new StringAttribute({ mutable: true, maxLen: 2048 }) },
      deletionProtection: this.config.deletionProtection,
      removalPolicy: RemovalPolicy.RETAIN_ON_UPDATE_OR_DELETE,
    });
    Validations.of(pool).acknowledge(
      {
        id: 'AwsSolutions-COG2',
        reason:
          'Cognito’s pages ask nobody to set up a second factor unless it is required; where people come from a federated provider, that asks for theirs.',
      },
      {
        id: 'AwsSolutions-COG3',
        reason: 'Threat protection needs the Plus plan, paid for each person; the account of a stage may switch it on.',
      },
      {
        id: 'AwsSolutions-COG8',
        reason: 'The Plus plan is paid for each person; what it adds is not used here.',
      },
    );
    return pool;
  }

  private publicClient(provider: IUserPoolIdentityProvider | null): UserPoolClient {
    const client = new UserPoolClient(this, 'Client', {
      userPool: this.userPool,
      userPoolClientName: `atmo-${this.config.environment}`,
      generateSecret: false,
      // Not an empty object, for which Cognito leaves SRP on: tokens come from the sign-in pages alone.
      authFlows: { userSrp: false },
      readAttributes: new ClientAttributes()
        .withStandardAttributes({ email: true, emailVerified: true })
        .withCustomAttributes(REMOTE_GROUPS_ATTRIBUTE),
      writeAttributes: provider === null ? NOTHING_OF_USE : MAPPED,
      oAuth: {
        flows: { authorizationCodeGrant: true },
        scopes: [OAuthScope.OPENID, OAuthScope.EMAIL, OAuthScope.PROFILE],
        callbackUrls: [`${this.portalUrl}/auth/callback`],
        logoutUrls: [`${this.portalUrl}/`],
      },
      supportedIdentityProviders: [
        provider === null
          ? UserPoolClientIdentityProvider.COGNITO
          : UserPoolClientIdentityProvider.custom(provider.providerName),
      ],
      preventUserExistenceErrors: true,
      enableTokenRevocation: true,
      // How long a copied token outlives a sign-out.
      idTokenValidity: TOKEN_VALIDITY,
      accessTokenValidity: TOKEN_VALIDITY,
      refreshTokenValidity: Duration.hours(SESSION_HOURS),
    });
    if (provider !== null) client.node.addDependency(provider);
    return client;
  }

  private federatedProvider(): IUserPoolIdentityProvider | null {
    const { federation } = this.config.signIn;
    if (federation.kind === 'none') return null;
    const shared = {
      userPool: this.userPool,
      name: federation.name,
      attributeMapping: {
        email: ProviderAttribute.other(federation.emailClaim),
        emailVerified: ProviderAttribute.other(federation.emailVerifiedClaim),
        custom: { [CLAIMS.remoteGroups]: ProviderAttribute.other(federation.groupsClaim) },
      },
    };
    return federation.kind === 'saml'
      ? new UserPoolIdentityProviderSaml(this, 'Provider', {
          ...shared,
          metadata: UserPoolIdentityProviderSamlMetadata.url(federation.metadataUrl),
        })
      : new UserPoolIdentityProviderOidc(this, 'Provider', {
          ...shared,
          issuerUrl: federation.issuer,
          clientId: federation.clientId,
          // A dynamic reference: CloudFormation reads the secret, the template never holds it.
          clientSecret: SecretValue.secretsManager(federation.clientSecretName).unsafeUnwrap(),
          scopes: ['openid', 'email', 'profile'],
        });
  }
}
