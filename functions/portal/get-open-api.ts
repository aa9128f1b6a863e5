import { routes } from '../../shared/contract/api.ts';
import { openApiDocument, type OpenApiSettings } from './open-api-document.ts';

const { response } = routes.getOpenApi;

/** This API's own description; made once, since the routes do not change while the function lives. */
export const getOpenApi = (settings: OpenApiSettings) => {
  let document: ReturnType<typeof response.parse> | undefined;
  return async () => (document ??= response.parse(openApiDocument(routes, settings)));
};
