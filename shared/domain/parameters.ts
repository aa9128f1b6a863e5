import type { ExactNumber } from './exact-json.ts';

/** What a run can hand to a notebook. Numbers keep the digits in which they were given. */
export type ParameterValue =
  | string
  | number
  | ExactNumber
  | boolean
  | null
  | readonly ParameterValue[]
  | { readonly [name: string]: ParameterValue };

export type Parameters = Readonly<Record<string, ParameterValue>>;
