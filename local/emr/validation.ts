import type * as z from 'zod';
import { EmrError, validationException } from './emr-error.ts';

type Issue = z.core.$ZodIssue;

/** Member names as EMR writes them in refusals: `instances.instanceGroups.1.member.market`. */
const memberPath = (path: readonly PropertyKey[]): string =>
  path
    .map((part) =>
      typeof part === 'number' ? `${part + 1}.member` : String(part).charAt(0).toLowerCase() + String(part).slice(1),
    )
    .join('.');

const shown = (value: unknown): string =>
  value === undefined ? 'null' : `'${typeof value === 'string' ? value : JSON.stringify(value)}'`;

const constraint = (issue: Issue): string | null => {
  if (issue.input === undefined) return 'Member must not be null';
  if (issue.code === 'invalid_value') return `Member must satisfy enum value set: [${issue.values.join(', ')}]`;
  if (issue.code === 'too_small') {
    return issue.origin === 'number' || issue.origin === 'int'
      ? `Member must have value greater than or equal to ${issue.minimum}`
      : `Member must have length greater than or equal to ${issue.minimum}`;
  }
  if (issue.code === 'too_big') {
    return issue.origin === 'number' || issue.origin === 'int'
      ? `Member must have value less than or equal to ${issue.maximum}`
      : `Member must have length less than or equal to ${issue.maximum}`;
  }
  return null;
};

/**
 * Checks an operation's input against its schema.
 * @throws EmrError `ValidationException` worded as EMR does, or `SerializationException` for a value of a wrong type.
 */
export const parseInput = <Schema extends z.ZodType>(schema: Schema, input: unknown): z.infer<Schema> => {
  const parsed = schema.safeParse(input, { reportInput: true });
  if (parsed.success) return parsed.data;
  const problems = parsed.error.issues.map((issue) => {
    const broken = constraint(issue);
    if (broken === null) {
      throw new EmrError('SerializationException', `Unexpected value type at '${memberPath(issue.path)}'`);
    }
    return `Value ${shown(issue.input)} at '${memberPath(issue.path)}' failed to satisfy constraint: ${broken}`;
  });
  const count = `${problems.length} validation error${problems.length === 1 ? '' : 's'} detected`;
  throw validationException(`${count}: ${problems.join('; ')}`);
};
