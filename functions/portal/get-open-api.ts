import { portalRoutes } from '../../shared/contract/routes/portal.ts';
import { openApiDocument, type OpenApiSettings } from '../../shared/contract/open-api-document.ts';
import { apiDescription } from './api-description.ts';

const { response } = portalRoutes.getOpenApi;

/** The API's OpenAPI document, put together once per function instance. */
export const getOpenApi = (settings: OpenApiSettings) => {
  let document: ReturnType<typeof response.parse> | undefined;
  return async () => (document ??= response.parse(openApiDocument(apiDescription(), settings)));
};
