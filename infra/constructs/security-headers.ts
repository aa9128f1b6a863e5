import { Duration } from 'aws-cdk-lib';
import { HeadersFrameOption, HeadersReferrerPolicy, ResponseHeadersPolicy } from 'aws-cdk-lib/aws-cloudfront';
import type { Construct } from 'constructs';
import { CSP_REPORTS_PATH } from '../../shared/contract/csp-reports-path.ts';
import { globalName } from '../resource-names.ts';

interface SecurityHeadersProps {
  readonly environment: string;
  /** Origins that the pages exchange files with: uploads, results, logs. */
  readonly fileOrigins: readonly string[];
  /** Where signing out is redirected to; browsers check a form's redirects too. */
  readonly signInOrigin: string;
}

/**
 * The portal's policy has no inline script and no inline style: React sets style properties through the CSSOM, which a policy does
 * not govern, and Cloudscape ships its styles as files (its fonts inside them, hence `data:`).
 */
const contentSecurityPolicy = ({ fileOrigins, signInOrigin }: SecurityHeadersProps): string =>
  Object.entries({
    'default-src': ["'none'"],
    'script-src': ["'self'"],
    'style-src': ["'self'"],
    'img-src': ["'self'", 'data:', 'blob:'],
    // Only the sandbox; what is in it can lead its frame nowhere else.
    'frame-src': ["'self'"],
    'font-src': ["'self'", 'data:'],
    'connect-src': ["'self'", ...fileOrigins],
    'manifest-src': ["'self'"],
    'form-action': ["'self'", signInOrigin],
    'base-uri': ["'none'"],
    'frame-ancestors': ["'none'"],
    // The first for browsers that do not know the second yet.
    'report-uri': [CSP_REPORTS_PATH],
    'report-to': [CSP_REPORTS],
  })
    .map(([directive, sources]) => `${directive} ${sources.join(' ')}`)
    .join('; ');

/** Name of the endpoint, which the policy refers to. */
const CSP_REPORTS = 'csp-reports';

const transportSecurity = { accessControlMaxAge: Duration.days(365), includeSubdomains: true, override: true };

/** Headers on every page and API answer. */
export const portalHeaders = (scope: Construct, id: string, props: SecurityHeadersProps): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: globalName(props.environment, 'portal'),
    comment: `ATMO ${props.environment}: portal`,
    securityHeadersBehavior: {
      contentSecurityPolicy: { contentSecurityPolicy: contentSecurityPolicy(props), override: true },
      strictTransportSecurity: transportSecurity,
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.SAME_ORIGIN, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'Reporting-Endpoints', value: `${CSP_REPORTS}="${CSP_REPORTS_PATH}"`, override: true },
        { header: 'Cross-Origin-Opener-Policy', value: 'same-origin', override: true },
        { header: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
      ],
    },
  });

/**
 * Headers on the sandbox, in which a page shows what a notebook wrote (ADR 0048). It runs scripts, in an origin of its own that no
 * other document shares, and loads nothing: what it shows is sent to it.
 */
export const sandboxHeaders = (scope: Construct, id: string, environment: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: globalName(environment, 'sandbox'),
    comment: `ATMO ${environment}: sandbox`,
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy: [
          'sandbox allow-scripts',
          "default-src 'none'",
          "script-src 'unsafe-inline' 'unsafe-eval'",
          "style-src 'unsafe-inline'",
          'img-src data: blob:',
          'font-src data:',
          "form-action 'none'",
          "base-uri 'none'",
          "frame-ancestors 'self'",
        ].join('; '),
        override: true,
      },
      strictTransportSecurity: transportSecurity,
      contentTypeOptions: { override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
    customHeadersBehavior: {
      customHeaders: [
        { header: 'Permissions-Policy', value: 'camera=(), geolocation=(), microphone=()', override: true },
      ],
    },
  });

/**
 * Headers on public results. Whatever a notebook wrote is data on a domain of its own: `sandbox` denies it scripts, forms and an
 * origin. Any site may read it, since it is public.
 */
export const publicResultHeaders = (scope: Construct, id: string, environment: string): ResponseHeadersPolicy =>
  new ResponseHeadersPolicy(scope, id, {
    responseHeadersPolicyName: globalName(environment, 'public-results'),
    comment: `ATMO ${environment}: public results`,
    corsBehavior: {
      accessControlAllowCredentials: false,
      accessControlAllowHeaders: ['*'],
      accessControlAllowMethods: ['GET', 'HEAD'],
      accessControlAllowOrigins: ['*'],
      originOverride: true,
    },
    securityHeadersBehavior: {
      contentSecurityPolicy: {
        contentSecurityPolicy:
          "sandbox; default-src 'none'; img-src 'self' data:; style-src 'unsafe-inline'; font-src data:; frame-ancestors 'none'",
        override: true,
      },
      strictTransportSecurity: transportSecurity,
      contentTypeOptions: { override: true },
      frameOptions: { frameOption: HeadersFrameOption.DENY, override: true },
      referrerPolicy: { referrerPolicy: HeadersReferrerPolicy.NO_REFERRER, override: true },
    },
  });
