import { describe, expect, it } from 'vitest';

import type { StageSettings } from '../../infra/stage-settings.ts';
import { synthesised } from './templates.ts';

const only = (type: string, settings: StageSettings = {}): Readonly<Record<string, unknown>> => {
  const found = Object.values(synthesised(settings).portal.Resources).filter(({ Type }) => Type === type);
  expect(found).toHaveLength(1);
  return found[0]?.Properties ?? {};
};

const client = (settings?: StageSettings) => only('AWS::Cognito::UserPoolClient', settings);
const pool = (settings?: StageSettings) => only('AWS::Cognito::UserPool', settings);

const oidc: StageSettings = {
  signIn: {
    federation: {
      kind: 'oidc',
      name: 'Company',
      issuer: 'https://sso.example.com',
      clientId: 'atmo',
      clientSecretName: 'atmo/sso',
    },
  },
};
const saml: StageSettings = {
  signIn: { federation: { kind: 'saml', name: 'Company', metadataUrl: 'https://sso.example.com/metadata' } },
};

describe('the client of the user pool', () => {
  it('gives tokens by the code flow alone, and by refreshing them', () => {
    expect(client()).toMatchObject({
      ExplicitAuthFlows: ['ALLOW_REFRESH_TOKEN_AUTH'],
      AllowedOAuthFlows: ['code'],
      AllowedOAuthFlowsUserPoolClient: true,
      GenerateSecret: false,
    });
  });

  it('gives nobody the scope that changes their own attributes', () => {
    expect(client()['AllowedOAuthScopes']).toEqual(['openid', 'email', 'profile']);
  });

  it.each([
    ['Cognito’s own users: nothing that the portal reads', {}, ['locale']],
    ['an OpenID Connect provider: what it maps', oidc, ['custom:groups', 'email']],
    ['a SAML provider: what it maps', saml, ['custom:groups', 'email']],
  ] as const)('lets sign-in write, for %s', (_, settings, attributes) => {
    expect(client(settings)['WriteAttributes']).toEqual(attributes);
    expect(client(settings)['ReadAttributes']).toEqual(['custom:groups', 'email', 'email_verified']);
  });

  it('gives tokens for a quarter of an hour, a session for a day, and revokes both', () => {
    expect(client()).toMatchObject({
      IdTokenValidity: 15,
      AccessTokenValidity: 15,
      RefreshTokenValidity: 1440,
      TokenValidityUnits: { IdToken: 'minutes', AccessToken: 'minutes', RefreshToken: 'minutes' },
      EnableTokenRevocation: true,
      PreventUserExistenceErrors: 'ENABLED',
    });
  });
});

describe('the user pool', () => {
  it('keeps a verified address until the next one is verified, and lets nobody sign up', () => {
    expect(pool()).toMatchObject({
      UserAttributeUpdateSettings: { AttributesRequireVerificationBeforeUpdate: ['email'] },
      AutoVerifiedAttributes: ['email'],
      AdminCreateUserConfig: { AllowAdminCreateUserOnly: true },
      UsernameConfiguration: { CaseSensitive: false },
    });
    expect(pool()['Schema']).toContainEqual({ Name: 'email', Required: true, Mutable: true });
  });

  it.each([
    ['off', 'OFF'],
    ['optional', 'OPTIONAL'],
    ['required', 'ON'],
  ] as const)('asks for a second factor as the settings say (%s)', (mfa, configuration) => {
    expect(pool({ signIn: { mfa } })['MfaConfiguration']).toBe(configuration);
    if (mfa !== 'off') expect(pool({ signIn: { mfa } })['EnabledMfas']).toEqual(['SOFTWARE_TOKEN_MFA']);
  });
});

describe('a federated provider', () => {
  it.each([
    ['OpenID Connect', oidc, 'email_verified'],
    ['SAML', saml, 'email_verified'],
  ] as const)('by %s says whether an address is verified', (_, settings, claim) => {
    expect(only('AWS::Cognito::UserPoolIdentityProvider', settings)['AttributeMapping']).toEqual({
      email: 'email',
      email_verified: claim,
      'custom:groups': 'groups',
    });
  });

  it('lets the upkeep know after how many days without a sign-in people have left', () => {
    const daysOf = (settings: StageSettings): unknown =>
      Object.values(synthesised(settings).portal.Resources)
        .filter(({ Type }) => Type === 'AWS::Lambda::Function')
        .flatMap(({ Properties }) => {
          const { Variables } = Properties['Environment'] as { Variables: Record<string, unknown> };
          return 'ATMO_INACTIVE_DAYS' in Variables ? [Variables['ATMO_INACTIVE_DAYS']] : [];
        });
    const { federation } = oidc.signIn as { federation: object };
    const within = (inactiveDays: number | null) =>
      daysOf({ signIn: { federation: { ...federation, inactiveDays } } } as StageSettings);
    expect([daysOf({}), daysOf(oidc), daysOf(saml)]).toEqual([[''], ['90'], ['90']]);
    expect([within(30), within(null)]).toEqual([['30'], ['']]);
    expect(() => within(1)).toThrow(/inactiveDays/);
  });

  it('has the claims that the settings name', () => {
    const { federation } = oidc.signIn as { federation: object };
    const settings = { signIn: { federation: { ...federation, emailVerifiedClaim: 'xms_edov' } } } as StageSettings;
    expect(only('AWS::Cognito::UserPoolIdentityProvider', settings)['AttributeMapping']).toMatchObject({
      email_verified: 'xms_edov',
    });
  });
});
