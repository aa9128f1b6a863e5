import { validation } from '../errors.ts';

const MOST = 50;

interface Listed<State> {
  readonly applicationId: string;
  readonly createdAt: number;
  readonly state: State;
}

/**
 * A page of records, newest first. The token is the sequence of the last one given, not its position: what is created, or
 * falls out of a filter, between two calls moves nothing.
 * @throws AwsError `ValidationException`
 */
export const pageOf = <Item extends { readonly sequence: number }>(
  items: readonly Item[],
  query: URLSearchParams,
): { items: Item[]; nextToken?: string } => {
  const size = Number(query.get('maxResults') ?? MOST);
  const before = Number(query.get('nextToken') ?? Number.POSITIVE_INFINITY);
  if (!Number.isInteger(size) || size < 1 || size > MOST) throw validation(`maxResults must be from 1 to ${MOST}.`);
  if (Number.isNaN(before)) throw validation('nextToken is not valid.');
  const rest = items.filter(({ sequence }) => sequence < before);
  const shown = rest.slice(0, size);
  const last = shown.at(-1);
  return { items: shown, ...(rest.length > size && last !== undefined && { nextToken: String(last.sequence) }) };
};

/** States to filter by, as the query repeats them; empty for all. @throws AwsError `ValidationException` */
export const statesIn = <State extends string>(query: URLSearchParams, known: readonly State[]): readonly State[] =>
  query.getAll('states').map((given) => {
    const state = known.find((one) => one === given);
    if (state === undefined) throw validation(`states: ${given} is not one of ${known.join(', ')}.`);
    return state;
  });

const timeIn = (query: URLSearchParams, name: string, otherwise: number): number => {
  const text = query.get(name);
  const at = text === null ? otherwise : Date.parse(text);
  if (Number.isNaN(at)) throw validation(`${name} is not a time.`);
  return at;
};

/** What a query asks for of an application's job runs or sessions. @throws AwsError `ValidationException` */
export const wantedOf = <State extends string, Work extends Listed<State>>(
  works: readonly Work[],
  applicationId: string,
  query: URLSearchParams,
  known: readonly State[],
): Work[] => {
  const states = statesIn(query, known);
  const after = timeIn(query, 'createdAtAfter', 0);
  const before = timeIn(query, 'createdAtBefore', Number.POSITIVE_INFINITY);
  return works.filter(
    (work) =>
      work.applicationId === applicationId &&
      work.createdAt > after &&
      work.createdAt < before &&
      (states.length === 0 || states.includes(work.state)),
  );
};
