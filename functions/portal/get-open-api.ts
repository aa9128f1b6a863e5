import { routes } from '../../shared/contract/api.ts';
import { openApiDocument, type OpenApiSettings } from './open-api-document.ts';

const { response } = routes.getOpenApi;

/** The API's OpenAPI document, built once per function instance. */
export const getOpenApi = (settings: OpenApiSettings) => {
  let document: ReturnType<typeof response.parse> | undefined;
  return async () => (document ??= response.parse(openApiDocument(routes, settings)));
};
