import type { RouteInput, RouteOutput, Routes } from '../../shared/contract/api.ts';
import { actOf } from '../../shared/domain/audit.ts';
import { newestFirst, withFacts, type KeptEmrRelease } from '../../shared/domain/emr-release.ts';
import { releaseProblem, type EmrReleaseFacts } from '../../shared/domain/emr-release-facts.ts';
import { Conflict, InvalidInput, NotFound } from '../../shared/domain/errors.ts';
import type { Caller } from '../../shared/domain/person.ts';
import type { AuditTrail } from '../ports/audit-trail.ts';
import type { ClusterRepository } from '../ports/cluster-repository.ts';
import type { EmrReleaseRepository } from '../ports/emr-release-repository.ts';
import type { SparkJobRepository } from '../ports/spark-job-repository.ts';
import { emrReleaseView } from '../access/release-view.ts';
import type { Clock } from '../runtime/clock.ts';

interface EmrReleasesDependencies {
  readonly releases: EmrReleaseRepository;
  readonly clusters: Pick<ClusterRepository, 'active'>;
  readonly jobs: Pick<SparkJobRepository, 'list'>;
  readonly audit: Pick<AuditTrail, 'record'>;
  readonly clock: Clock;
}

const PAGE = 100;

/** The EMR releases as admins keep them. */
export const adminEmrReleases = ({ releases, clusters, jobs, audit, clock }: EmrReleasesDependencies) => {
  const record = (caller: Caller, action: 'emr-release.save' | 'emr-release.delete', version: string, detail = {}) =>
    audit.record(actOf(caller, { action, object: { kind: 'emr-release', id: version }, detail }, clock.now()));

  const countJobs = async (version: string): Promise<number> => {
    let count = 0;
    let cursor: string | undefined;
    do {
      const page = await jobs.list(null, { limit: PAGE, cursor });
      count += page.items.filter(({ emrRelease }) => emrRelease === version).length;
      cursor = page.cursor ?? undefined;
    } while (cursor !== undefined);
    return count;
  };

  const requireUnused = async (version: string): Promise<void> => {
    const active = (await clusters.active()).filter(({ emrRelease }) => emrRelease === version).length;
    const using = await countJobs(version);
    if (active + using === 0) return;
    throw new Conflict(
      `EMR ${version} is in use by ${active} active clusters and ${using} Spark jobs. Make it inactive instead: then nobody can choose it.`,
      { version, active, using },
    );
  };

  return {
    listAllEmrReleases: async (): Promise<RouteOutput<Routes['listAllEmrReleases']>> => ({
      items: (await releases.all()).toSorted(newestFirst).map(emrReleaseView),
    }),

    /** @throws InvalidInput (field `version`) for a release that no family has */
    putEmrRelease: async (
      { version, ...body }: RouteInput<Routes['putEmrRelease']>,
      caller: Caller,
    ): Promise<RouteOutput<Routes['putEmrRelease']>> => {
      const problem = releaseProblem(version);
      if (problem !== null) throw InvalidInput.field('version', problem);
      const { changelogUrl, helpText, isActive, isExperimental, isDeprecated, modifiedAt: _before, ...facts } = body;
      const kept: KeptEmrRelease & Partial<EmrReleaseFacts> = {
        version,
        changelogUrl,
        helpText,
        isActive,
        isExperimental,
        isDeprecated,
        modifiedAt: clock.now(),
        ...facts,
      };
      // The first set is there before anything of it is changed.
      await releases.all();
      const detail = { isActive, isExperimental, isDeprecated, facts: Object.keys(facts) };
      await record(caller, 'emr-release.save', version, detail);
      await releases.put(kept);
      const [saved] = withFacts([kept]);
      if (saved === undefined) throw new NotFound('EMR release', version);
      return emrReleaseView(saved);
    },

    /** @throws NotFound; Conflict while a cluster or a job uses it, and for the only one */
    deleteEmrRelease: async ({ version }: { readonly version: string }, caller: Caller): Promise<undefined> => {
      const known = await releases.all();
      if (!known.some((release) => release.version === version)) throw new NotFound('EMR release', version);
      if (known.length === 1) throw new Conflict('This is the only release. Add another one before you delete it.');
      await requireUnused(version);
      await record(caller, 'emr-release.delete', version);
      await releases.delete(version);
    },
  };
};
