import type { JobIdentifier } from '../../shared/domain/job-identifier.ts';
import type { Page, PageRequest } from '../../shared/domain/page.ts';

/** Whose each identifier of a Spark job is. None is ever given away again: public links name it. */
export interface JobIdentifiers {
  /** Makes a free identifier the person's; theirs already: as it is. @throws Conflict where it is somebody else's */
  claim(identifier: string, ownerId: string): Promise<JobIdentifier>;
  find(identifier: string): Promise<JobIdentifier | null>;
  /** As `ClusterRepository.change`. @throws NotFound, StaleWrite */
  change(identifier: string, change: (known: JobIdentifier) => JobIdentifier): Promise<JobIdentifier>;
  /** Those with results that are to go. */
  withWithdrawal(): Promise<readonly JobIdentifier[]>;
  /** Those of deleted jobs whose results stay, the last deleted first. @throws InvalidInput (field `cursor`) */
  deletedOf(ownerId: string, page: PageRequest): Promise<Page<JobIdentifier>>;
}
