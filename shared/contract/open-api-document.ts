import type { OpenApiPaths } from './open-api-paths.ts';
import type { Json } from './open-api-schemas.ts';

export interface OpenApiSettings {
  readonly version: string;
  readonly publicUrl: string;
  /** Name of the cookie that holds the session. */
  readonly sessionCookie: string;
}

/** An OpenAPI 3.1 document of one stage. */
export const openApiDocument = (
  { paths, schemas }: OpenApiPaths,
  { version, publicUrl, sessionCookie }: OpenApiSettings,
): Json => ({
  openapi: '3.1.0',
  info: { title: 'ATMO', version, summary: 'Spark clusters and scheduled notebooks on Amazon EMR' },
  servers: [{ url: publicUrl }],
  paths,
  components: {
    schemas,
    securitySchemes: { session: { type: 'apiKey', in: 'cookie', name: sessionCookie } },
  },
});
