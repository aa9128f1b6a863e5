import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import {
  IDENTIFIER_PATTERN,
  IDENTIFIER_RULE,
  RESERVED_JOB_IDENTIFIERS,
  RESERVED_RULE,
} from '../../shared/domain/identifier.ts';
import type { Person } from '../../shared/domain/person.ts';
import type { JobIdentifiers } from '../ports/job-identifiers.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

const OF_ANOTHER_PERSON =
  'This identifier belongs to another person, even after their job is deleted. Choose a different one.';

type Answer = RouteOutput<Routes['checkSparkJobIdentifier']>;

/** Whether a new job may use the identifier. Called while it is typed. */
export const checkSparkJobIdentifier =
  ({ jobs, identifiers }: { readonly jobs: SparkJobRepository; readonly identifiers: JobIdentifiers }) =>
  async ({ identifier }: { readonly identifier: string }, person: Person): Promise<Answer> => {
    if (!IDENTIFIER_PATTERN.test(identifier)) return { available: false, reason: IDENTIFIER_RULE };
    if (RESERVED_JOB_IDENTIFIERS.includes(identifier)) return { available: false, reason: RESERVED_RULE };
    const [known, isTaken] = await Promise.all([identifiers.find(identifier), jobs.isIdentifierTaken(identifier)]);
    if (known !== null && known.ownerId !== person.id) return { available: false, reason: OF_ANOTHER_PERSON };
    return isTaken
      ? { available: false, reason: 'Another Spark job has this identifier. Choose a different one.' }
      : { available: true, reason: null };
  };
