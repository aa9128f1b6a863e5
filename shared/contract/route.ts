import type * as z from 'zod';

/** A folder of `functions/` and the Lambda in it that answers the route. */
export type Feature = 'admin' | 'portal' | 'ssh-keys' | 'clusters' | 'jobs' | 'runs' | 'people' | 'sessions';

/** Who may call at all; what they may do with one object is decided by the use case. */
export type Access = 'anyone' | 'signed-in' | 'admin';

export interface CsvTable {
  readonly fileName: string;
  readonly rows: readonly (readonly (string | number)[])[];
}

export interface Route {
  readonly method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  /** With `{name}` for parameters, as HTTP API spells them. */
  readonly path: string;
  readonly feature: Feature;
  readonly access: Access;
  readonly summary: string;
  readonly query?: z.ZodObject;
  readonly body?: z.ZodType;
  /** Where it differs from that of other routes. */
  readonly maxBodyBytes?: number;
  /** Types of a JSON body; `application/json` by default. */
  readonly contentTypes?: readonly string[];
  /** The schema of a JSON answer; absent for answers that are not JSON or have no body. */
  readonly response?: z.ZodType;
  /** The answer as a table whose first row is the header, for requests that accept `text/csv`. */
  readonly csv?: (answer: never) => CsvTable;
  /** The answer gives access to anyone who has it: no cache and no browser may keep it. */
  readonly isSecret?: true;
  readonly status: 200 | 201 | 202 | 204 | 302;
}

type PathParameters<Path extends string> = Path extends `${string}{${infer Name}}${infer Rest}`
  ? { readonly [Key in Name]: string } & PathParameters<Rest>
  : unknown;

type OutputOf<Schema> = Schema extends z.ZodType ? z.output<Schema> : unknown;

/** What a use case receives: path parameters, query and body in one object, validated. */
export type RouteInput<R extends Route> = PathParameters<R['path']> & OutputOf<R['query']> & OutputOf<R['body']>;

/** What a client may send, before defaults are filled in. */
export type RouteRequest<R extends Route> = PathParameters<R['path']> &
  (R['query'] extends z.ZodType ? Partial<z.input<R['query']>> : unknown) &
  (R['body'] extends z.ZodType ? z.input<R['body']> : unknown);

/** An answer that is not JSON: a redirect, a file, text. */
export interface RawAnswer {
  /** Where it differs from the route's own. */
  readonly status?: number;
  readonly headers: Readonly<Record<string, string>>;
  /** Whole `Set-Cookie` values. */
  readonly cookies?: readonly string[];
  readonly body?: string;
}

/** What a use case answers. */
export type RouteOutput<R extends Route> = R['response'] extends z.ZodType
  ? z.output<R['response']>
  : R['status'] extends 204
    ? undefined
    : RawAnswer;

/** Keeps the literal types of a route. */
export const route = <const R extends Route>(definition: R): R => definition;
