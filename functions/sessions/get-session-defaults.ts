import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import names from '../../shared/data/names.json' with { type: 'json' };
import { defaultRelease, newestFirst } from '../../shared/domain/emr-release.ts';
import { suggestedIdentifier } from '../../shared/domain/identifier.ts';
import { LOWEST } from '../../shared/domain/limits.ts';
import { hasUnlimitedClusterSize, type Person } from '../../shared/domain/person.ts';
import { IDLE_MINUTES, sessionLimits } from '../../shared/domain/session.ts';
import { DEFAULT_SIZE } from '../../shared/domain/settings.ts';
import type { EmrReleases } from '../ports/emr-release-repository.ts';
import { emrReleaseView } from '../access/release-view.ts';
import type { ReadSettings } from '../settings/read-settings.ts';
import { hasSessionsNow, requireSessions } from './session-offer.ts';

interface SessionDefaultsDependencies {
  readonly hasServerless: boolean;
  readonly releases: EmrReleases;
  readonly settings: ReadSettings;
  /** A source of numbers in [0, 1). */
  readonly random: () => number;
}

/** Presets and limits of the form. @throws NotOffered */
export const getSessionDefaults =
  ({ hasServerless, releases, settings, random }: SessionDefaultsDependencies) =>
  async (_: unknown, person: Person): Promise<RouteOutput<Routes['getSessionDefaults']>> => {
    requireSessions(hasServerless);
    const [known, current] = await Promise.all([releases.all(), settings()]);
    const limits = sessionLimits(current.limits);
    const offered = known.filter(hasSessionsNow).toSorted(newestFirst);
    return {
      name: suggestedIdentifier(names, random),
      size: DEFAULT_SIZE,
      maxSize: hasUnlimitedClusterSize(person) ? null : limits.maxSize,
      lifetime: limits.defaultLifetime,
      minLifetime: LOWEST.lifetime,
      maxLifetime: limits.maxLifetime,
      idleMinutes: IDLE_MINUTES.default,
      minIdleMinutes: IDLE_MINUTES.min,
      maxIdleMinutes: IDLE_MINUTES.max,
      emrRelease: defaultRelease(offered)?.version ?? offered[0]?.version ?? null,
      releases: offered.map(emrReleaseView),
    };
  };
