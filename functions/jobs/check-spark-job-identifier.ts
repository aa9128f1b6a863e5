import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import {
  IDENTIFIER_PATTERN,
  IDENTIFIER_RULE,
  RESERVED_JOB_IDENTIFIERS,
  RESERVED_RULE,
} from '../../shared/domain/identifier.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';

type Answer = RouteOutput<Routes['checkSparkJobIdentifier']>;

/** Whether a new job may have the identifier, while it is being typed. */
export const checkSparkJobIdentifier =
  ({ jobs }: { readonly jobs: SparkJobRepository }) =>
  async ({ identifier }: { readonly identifier: string }): Promise<Answer> => {
    if (!IDENTIFIER_PATTERN.test(identifier)) return { available: false, reason: IDENTIFIER_RULE };
    if (RESERVED_JOB_IDENTIFIERS.includes(identifier)) return { available: false, reason: RESERVED_RULE };
    return (await jobs.isIdentifierTaken(identifier))
      ? { available: false, reason: 'Another Spark job has this identifier. Choose a different one.' }
      : { available: true, reason: null };
  };
