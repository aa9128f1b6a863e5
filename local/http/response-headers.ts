import { z } from 'zod';

const HeadersPolicy = z.object({
  CorsConfig: z
    .object({
      AccessControlAllowOrigins: z.object({ Items: z.array(z.string()) }),
      AccessControlAllowMethods: z.object({ Items: z.array(z.string()) }),
      AccessControlAllowHeaders: z.object({ Items: z.array(z.string()) }),
    })
    .optional(),
  CustomHeadersConfig: z.object({ Items: z.array(z.object({ Header: z.string(), Value: z.string() })) }).optional(),
  SecurityHeadersConfig: z.object({
    ContentSecurityPolicy: z.object({ ContentSecurityPolicy: z.string() }).optional(),
    ContentTypeOptions: z.object({}).optional(),
    FrameOptions: z.object({ FrameOption: z.string() }).optional(),
    ReferrerPolicy: z.object({ ReferrerPolicy: z.string() }).optional(),
    StrictTransportSecurity: z
      .object({ AccessControlMaxAgeSec: z.number(), IncludeSubdomains: z.boolean().default(false) })
      .optional(),
  }),
});

/** The headers that a CloudFront response headers policy sets, from its configuration in the template. */
export const headersOfPolicy = (configuration: unknown): Readonly<Record<string, string>> => {
  const {
    CorsConfig: cors,
    CustomHeadersConfig: custom,
    SecurityHeadersConfig: security,
  } = HeadersPolicy.parse(configuration);
  const headers: Record<string, string | undefined> = {
    'Content-Security-Policy': security.ContentSecurityPolicy?.ContentSecurityPolicy,
    'X-Content-Type-Options': security.ContentTypeOptions && 'nosniff',
    'X-Frame-Options': security.FrameOptions?.FrameOption,
    'Referrer-Policy': security.ReferrerPolicy?.ReferrerPolicy,
    'Strict-Transport-Security':
      security.StrictTransportSecurity &&
      `max-age=${security.StrictTransportSecurity.AccessControlMaxAgeSec}` +
        (security.StrictTransportSecurity.IncludeSubdomains ? '; includeSubDomains' : ''),
    'Access-Control-Allow-Origin': cors?.AccessControlAllowOrigins.Items[0],
    'Access-Control-Allow-Methods': cors?.AccessControlAllowMethods.Items.join(', '),
    'Access-Control-Allow-Headers': cors?.AccessControlAllowHeaders.Items.join(', '),
    ...Object.fromEntries((custom?.Items ?? []).map(({ Header, Value }) => [Header, Value])),
  };
  return Object.fromEntries(
    Object.entries(headers).filter((entry): entry is [string, string] => entry[1] !== undefined),
  );
};
