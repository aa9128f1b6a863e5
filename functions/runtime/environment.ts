import { ENVIRONMENT, type Setting } from '../../shared/contract/environment.ts';

/** Required environment variables are missing; the message names all of them. */
export class MissingEnvironment extends Error {
  override readonly name = 'MissingEnvironment';
}

/**
 * Reads settings once, on a cold start. An empty value means "not configured"; an absent one is an error.
 * @throws MissingEnvironment listing all missing variables
 */
export const readEnvironment = <const Names extends readonly Setting[]>(
  names: Names,
  source: Readonly<Record<string, string | undefined>> = process.env,
): { readonly [Name in Names[number]]: string } => {
  const values = names.map((name) => [name, source[ENVIRONMENT[name]]] as const);
  const missing = values.filter(([, value]) => value === undefined).map(([name]) => ENVIRONMENT[name]);
  if (missing.length > 0) throw new MissingEnvironment(`Missing environment variables: ${missing.join(', ')}`);
  return Object.fromEntries(values) as { readonly [Name in Names[number]]: string };
};
