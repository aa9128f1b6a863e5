import { routes } from '../../shared/contract/api.ts';
import { openApiPaths } from '../../shared/contract/open-api-paths.ts';

/** Made from the route table; a bundle reads it from a file beside it, see infra/bundle/own-parts.ts. */
export const apiDescription = () => openApiPaths(routes);
