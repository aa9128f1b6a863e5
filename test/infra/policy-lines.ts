import { listOf, readable } from './readable.ts';

interface Statement {
  readonly Effect: string;
  readonly Action: unknown;
  readonly Resource?: unknown;
  readonly Principal?: unknown;
  readonly Condition?: Readonly<Record<string, Readonly<Record<string, unknown>>>>;
}

export interface PolicyDocument {
  readonly Statement: readonly Statement[];
}

/** Room for the longest action that AWS has; a fixed width, so that a new permission is one new line and moves no other. */
const ACTION_WIDTH = 44;

const conditionOf = ({ Condition = {} }: Statement): string =>
  Object.entries(Condition)
    .flatMap(([operator, keys]) =>
      Object.entries(keys).map(([key, value]) => `${operator} ${key} ${listOf(value).map(readable).join(' | ')}`),
    )
    .toSorted()
    .map((condition, index) => `${index === 0 ? 'if' : 'and'} ${condition}`)
    .join(' ');

const principalOf = ({ Principal }: Statement): string => (Principal === undefined ? '' : `by ${readable(Principal)}`);

/** One line for each action on each resource, sorted: a permission that comes, goes or loses its condition is one changed line. */
export const policyLines = (documents: readonly PolicyDocument[]): readonly string[] => {
  const lines = documents
    .flatMap(({ Statement }) => Statement)
    .flatMap((statement) =>
      listOf(statement.Action).flatMap((action) =>
        // The trust policy of a role names no resource.
        listOf(statement.Resource ?? '').map((resource) =>
          [
            statement.Effect === 'Allow' ? 'allow' : 'DENY ',
            String(action).padEnd(ACTION_WIDTH),
            readable(resource),
            principalOf(statement),
            conditionOf(statement),
          ]
            .filter((text) => text !== '')
            .join(' '),
        ),
      ),
    );
  return [...new Set(lines)].toSorted();
};
