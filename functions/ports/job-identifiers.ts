import type { JobIdentifier } from '../../shared/domain/job-identifier.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';

/** The owner of each Spark job identifier. Ownership never changes, since public links contain the identifier. */
export interface JobIdentifiers {
  /** Claims a free identifier for the person, or returns their own. @throws Conflict if it belongs to another person */
  claim(identifier: string, ownerId: string): Promise<JobIdentifier>;
  find(identifier: string): Promise<JobIdentifier | null>;
  /** As `ClusterRepository.change`. @throws NotFound, StaleWrite */
  change(identifier: string, change: (known: JobIdentifier) => JobIdentifier): Promise<JobIdentifier>;
  /** Identifiers with results to withdraw. */
  withWithdrawal(): Promise<readonly JobIdentifier[]>;
  /** Identifiers of deleted jobs with kept results, last deleted first. @throws InvalidInput (field `cursor`) */
  deletedOf(ownerId: string, page: PageRequest): Promise<Page<JobIdentifier>>;
}
