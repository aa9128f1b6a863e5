import { transform } from 'esbuild';
import { describe, expect, it } from 'vitest';

import { routes } from '../../shared/contract/api.ts';
import { CSP_REPORTS_PATH } from '../../shared/contract/csp-reports-path.ts';
import { ENVIRONMENT, ORIGIN_KEY_HEADER } from '../../shared/contract/environment.ts';
import type { StageSettings } from '../../infra/stage-settings.ts';
import { readable } from './readable.ts';
import { synthesised, type Resource, type StackName } from './templates.ts';

/** Ids of CloudFront's managed policies, from its documentation. */
const CACHING_DISABLED = '4135ea2d-6df8-44a3-9df3-4b5a84be39ad';
const ALL_VIEWER_EXCEPT_HOST_HEADER = 'b689b0a8-53d0-40ab-baf2-68738e2966ac';

/** The only file whose headers let it run what is in it. */
const SANDBOX = '/sandbox.html';

const customDomain = {
  name: 'atmo.example.com',
  certificateArn: 'arn:aws:acm:us-east-1:123456789012:certificate/0123',
};

const resources = (stack: StackName, type: string, settings: StageSettings = {}): readonly Resource['Properties'][] =>
  Object.values(synthesised(settings)[stack].Resources)
    .filter(({ Type }) => Type === type)
    .map(({ Properties }) => Properties);

interface Behaviour {
  readonly PathPattern?: string;
  readonly TargetOriginId: string;
  readonly ViewerProtocolPolicy: string;
  readonly AllowedMethods: readonly string[];
  readonly CachePolicyId: string;
  readonly OriginRequestPolicyId?: string;
  readonly ResponseHeadersPolicyId: { readonly Ref: string };
  readonly FunctionAssociations?: readonly unknown[];
}

interface DistributionConfig {
  readonly DefaultRootObject?: string;
  readonly Aliases?: readonly string[];
  readonly ViewerCertificate?: Readonly<Record<string, unknown>>;
  readonly Origins: readonly {
    readonly Id: string;
    readonly DomainName: unknown;
    readonly OriginCustomHeaders?: readonly { readonly HeaderName: string; readonly HeaderValue: unknown }[];
    readonly CustomOriginConfig?: { readonly OriginProtocolPolicy: string };
    readonly OriginAccessControlId?: unknown;
  }[];
  readonly DefaultCacheBehavior: Behaviour;
  readonly CacheBehaviors?: readonly Behaviour[];
}

const distributions = (settings: StageSettings = {}): readonly DistributionConfig[] =>
  resources('website', 'AWS::CloudFront::Distribution', settings).map(
    ({ DistributionConfig: config }) => config as DistributionConfig,
  );

const distribution = (settings: StageSettings = {}, isPortal = true): DistributionConfig => {
  const found = distributions(settings).find(({ CacheBehaviors = [] }) => CacheBehaviors.length > 0 === isPortal);
  if (found === undefined) throw new Error('There is no such distribution.');
  return found;
};

/** The headers that a policy of this template adds, as a browser would get them. */
const headersOf = (policy: string): Readonly<Record<string, unknown>> => {
  const found = synthesised().website.Resources[policy]?.Properties['ResponseHeadersPolicyConfig'];
  if (found === undefined) throw new Error(`No policy ${policy}`);
  const { SecurityHeadersConfig, CustomHeadersConfig } = found as {
    SecurityHeadersConfig: Record<string, Record<string, unknown>>;
    CustomHeadersConfig?: { Items: readonly { Header: string; Value: string }[] };
  };
  // A policy holds names that CloudFormation will fill in.
  const text = (value: unknown): unknown =>
    typeof value === 'object' && value !== null && 'Fn::Join' in value
      ? (value['Fn::Join'] as [string, unknown[]])[1].map((part) => (typeof part === 'string' ? part : '…')).join('')
      : value;
  return {
    'content-security-policy': text(SecurityHeadersConfig['ContentSecurityPolicy']?.['ContentSecurityPolicy']),
    'strict-transport-security': SecurityHeadersConfig['StrictTransportSecurity'],
    'x-content-type-options': SecurityHeadersConfig['ContentTypeOptions'],
    'x-frame-options': SecurityHeadersConfig['FrameOptions'],
    'referrer-policy': SecurityHeadersConfig['ReferrerPolicy'],
    ...Object.fromEntries((CustomHeadersConfig?.Items ?? []).map(({ Header, Value }) => [Header.toLowerCase(), Value])),
  };
};

describe('the portal’s distribution', () => {
  const { Origins, DefaultCacheBehavior, CacheBehaviors = [] } = distribution();
  const originOf = ({ TargetOriginId }: Behaviour) => Origins.find(({ Id }) => Id === TargetOriginId);

  it('sends these paths to the API, with every method, cookie and query, and keeps no answer', () => {
    expect(CacheBehaviors.map(({ PathPattern }) => PathPattern)).toEqual(['/api/*', '/auth/*', '/__*', SANDBOX]);
    for (const behaviour of CacheBehaviors.filter(({ PathPattern }) => PathPattern !== SANDBOX)) {
      expect(JSON.stringify(originOf(behaviour)?.DomainName)).toContain('.execute-api.');
      expect(originOf(behaviour)?.CustomOriginConfig?.OriginProtocolPolicy).toBe('https-only');
      expect(behaviour.AllowedMethods).toEqual(expect.arrayContaining(['GET', 'POST', 'PUT', 'DELETE']));
      expect(behaviour.CachePolicyId).toBe(CACHING_DISABLED);
      // The API’s own host name must reach it, or API Gateway answers 403.
      expect(behaviour.OriginRequestPolicyId).toBe(ALL_VIEWER_EXCEPT_HOST_HEADER);
    }
  });

  it('shows the API a key that the functions know it by, and no browser ever sees', () => {
    const { OriginCustomHeaders = [] } = Origins.find(({ CustomOriginConfig }) => CustomOriginConfig) ?? {};
    expect(OriginCustomHeaders).toEqual([{ HeaderName: ORIGIN_KEY_HEADER, HeaderValue: { Ref: expect.any(String) } }]);
    const key = readable(OriginCustomHeaders[0]?.HeaderValue);
    const keys = resources('portal', 'AWS::Lambda::Function')
      .map(({ Environment }) => (Environment as { Variables: Record<string, unknown> }).Variables)
      .filter((variables) => ENVIRONMENT.oidcIssuer in variables)
      .map((variables) => readable(variables[ENVIRONMENT.originKey]));
    expect(new Set(keys)).toEqual(new Set([key.replace('<', '<atmo-test-website:')]));
    // Every function that answers routes; none is left open.
    expect(keys).toHaveLength(new Set(Object.values(routes).map(({ feature }) => feature)).size);
  });

  it('answers everything else from the bucket of pages, which only it can read', () => {
    expect(originOf(DefaultCacheBehavior)?.OriginAccessControlId).toBeDefined();
    expect(DefaultCacheBehavior.FunctionAssociations).toHaveLength(1);
  });

  it('answers pages by a function that CloudFront’s runtime can read, which knows no newer syntax', async () => {
    const [edgeFunction] = resources('website', 'AWS::CloudFront::Function');
    expect(edgeFunction?.['FunctionConfig']).toMatchObject({ Runtime: 'cloudfront-js-2.0' });
    // The constructs that the runtime's documentation names; esbuild rewrites or refuses all others of later standards.
    const known = { target: 'es5', supported: { 'const-and-let': true } } as const;
    const code = String(edgeFunction?.['FunctionCode']);
    expect((await transform(code, known)).code).toBe((await transform(code)).code);
    await expect(transform('const { uri } = request;', known)).rejects.toThrow('not supported');
  });

  it('speaks TLS only and adds the same headers to pages and API', () => {
    for (const behaviour of [DefaultCacheBehavior, ...CacheBehaviors]) {
      expect(behaviour.ViewerProtocolPolicy).toBe('redirect-to-https');
      if (behaviour.PathPattern === SANDBOX) continue;
      expect(behaviour.ResponseHeadersPolicyId).toEqual(DefaultCacheBehavior.ResponseHeadersPolicyId);
    }
    const headers = headersOf(DefaultCacheBehavior.ResponseHeadersPolicyId.Ref);
    const directives = String(headers['content-security-policy']).split('; ');
    expect(directives).toEqual(
      expect.arrayContaining([
        "default-src 'none'",
        "script-src 'self'",
        "style-src 'self'",
        "base-uri 'none'",
        "frame-src 'self'",
        "frame-ancestors 'none'",
      ]),
    );
    expect(headers['content-security-policy']).not.toMatch(/unsafe|\*/);
    expect(directives).toEqual(expect.arrayContaining([`report-uri ${CSP_REPORTS_PATH}`, 'report-to csp-reports']));
    expect(headers['reporting-endpoints']).toBe(`csp-reports="${CSP_REPORTS_PATH}"`);
    expect(headers).toMatchObject({
      'strict-transport-security': { AccessControlMaxAgeSec: 31_536_000, IncludeSubdomains: true, Override: true },
      'x-content-type-options': { Override: true },
      'x-frame-options': { FrameOption: 'DENY', Override: true },
      'referrer-policy': { ReferrerPolicy: 'same-origin', Override: true },
    });
  });
});

describe('the sandbox for what notebooks wrote', () => {
  const { DefaultCacheBehavior, CacheBehaviors = [] } = distribution();
  const sandbox = CacheBehaviors.find(({ PathPattern }) => PathPattern === SANDBOX);

  it('is a file of the pages', () => {
    expect(sandbox?.TargetOriginId).toBe(DefaultCacheBehavior.TargetOriginId);
  });

  it('has an origin of its own, loads nothing, and is shown by the portal alone', () => {
    const headers = headersOf(sandbox?.ResponseHeadersPolicyId.Ref ?? '');
    const directives = String(headers['content-security-policy']).split('; ');
    expect(directives).toEqual([
      'sandbox allow-scripts',
      "default-src 'none'",
      "script-src 'unsafe-inline' 'unsafe-eval'",
      "style-src 'unsafe-inline'",
      'img-src data: blob:',
      'font-src data:',
      "form-action 'none'",
      "base-uri 'none'",
      "frame-ancestors 'self'",
    ]);
    expect(headers).toMatchObject({ 'referrer-policy': { ReferrerPolicy: 'no-referrer' } });
  });
});

describe('the distribution of public results', () => {
  it('lists nobody’s files at its root', () => {
    expect(distribution({}, false).DefaultRootObject).toBe('index.html');
  });

  it('is another domain, on which what a notebook wrote can run no script and have no origin', () => {
    expect(distributions()).toHaveLength(2);
    const { Origins, DefaultCacheBehavior } = distribution({}, false);
    expect(Origins.map(({ OriginAccessControlId }) => OriginAccessControlId !== undefined)).toEqual([true]);
    const policy = String(headersOf(DefaultCacheBehavior.ResponseHeadersPolicyId.Ref)['content-security-policy']);
    expect(policy).toMatch(/^sandbox; default-src 'none'/);
    expect(policy).not.toContain('script-src');
  });
});

describe('one deployment', () => {
  const callbacks = (settings: StageSettings): unknown =>
    resources('portal', 'AWS::Cognito::UserPoolClient', settings)[0]?.['CallbackURLs'];
  const publicUrls = (settings: StageSettings): readonly unknown[] =>
    resources('portal', 'AWS::Lambda::Function', settings)
      .map(
        ({ Environment }) => (Environment as { Variables: Record<string, unknown> }).Variables[ENVIRONMENT.publicUrl],
      )
      .filter((url) => url !== undefined);

  it('tells sign-in and origin check CloudFront’s own domain', () => {
    expect(JSON.stringify(callbacks({}))).toMatch(/GetStackOutput.*Distribution.*DomainName.*\/auth\/callback/);
    for (const url of publicUrls({})) expect(JSON.stringify(url)).toMatch(/GetStackOutput.*Distribution.*DomainName/);
    expect(publicUrls({}).length).toBeGreaterThan(0);
  });

  it('tells them the custom domain where there is one, and CloudFront its certificate', () => {
    expect(callbacks({ customDomain })).toEqual(['https://atmo.example.com/auth/callback']);
    expect(new Set(publicUrls({ customDomain }))).toEqual(new Set(['https://atmo.example.com']));
    const { Aliases, ViewerCertificate } = distribution({ customDomain });
    expect(Aliases).toEqual(['atmo.example.com']);
    expect(ViewerCertificate).toMatchObject({
      AcmCertificateArn: customDomain.certificateArn,
      MinimumProtocolVersion: expect.stringMatching(/^TLSv1\.[23]/) as unknown,
    });
  });
});
