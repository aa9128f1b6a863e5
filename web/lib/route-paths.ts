import { routes, type Route, type RouteName } from '../../shared/contract/api.ts';

/** Each route's method and path. The build puts the values here and leaves the contract out (`build/inline-route-paths.ts`). */
export const routePaths: Readonly<Record<RouteName, Pick<Route, 'method' | 'path'>>> = routes;
