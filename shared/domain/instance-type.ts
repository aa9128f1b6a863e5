import type { Architecture } from './serverless-cost.ts';

/** Sizes below `large` have too little memory for a node. */
export const INSTANCE_TYPE = /^[a-z][a-z0-9-]*\.(\d*xlarge|large)$/;

/** AWS marks Graviton by a `g` behind the generation: `m7g`, `c7gn`, `r6gd`; `g4dn` is a GPU family on x86. */
export const architectureOf = (instanceType: string): Architecture =>
  /^(a1|[a-z]+\d+g)/.test(instanceType) ? 'arm64' : 'x86_64';

/** Native Python packages that a notebook sends from the master to the workers have to fit both. */
export const haveOneArchitecture = (one: string, other: string): boolean =>
  architectureOf(one) === architectureOf(other);
