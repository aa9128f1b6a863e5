import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import names from '../../shared/data/names.json' with { type: 'json' };
import { defaultRelease } from '../../shared/domain/emr-release.ts';
import { suggestedIdentifier } from '../../shared/domain/identifier.ts';
import { LOWEST } from '../../shared/domain/limits.ts';
import { hasUnlimitedClusterSize, type Person } from '../../shared/domain/person.ts';
import { DEFAULT_SIZE } from '../../shared/domain/settings.ts';
import type { HomeDirectories } from '../ports/home-directories.ts';
import type { LaunchRules } from './launch-rules.ts';

interface ClusterDefaultsDependencies extends LaunchRules {
  readonly homes: Pick<HomeDirectories, 'atMost'>;
  /** A source of numbers in [0, 1). */
  readonly random: () => number;
}

/** Presets and limits of the launch form. Without a key the person must add one first. */
export const getClusterDefaults =
  ({ sshKeys, releases, settings, homes, random }: ClusterDefaultsDependencies) =>
  async (_: unknown, person: Person): Promise<RouteOutput<Routes['getClusterDefaults']>> => {
    const [newestKeys, known, { limits }] = await Promise.all([
      sshKeys.listOf(person.id, { limit: 1 }),
      releases.all(),
      settings(),
    ]);
    return {
      identifier: suggestedIdentifier(names, random),
      size: DEFAULT_SIZE,
      maxSize: hasUnlimitedClusterSize(person) ? null : limits.maxSize,
      lifetime: limits.defaultLifetime,
      minLifetime: LOWEST.lifetime,
      maxLifetime: limits.maxLifetime,
      idleHours: limits.defaultIdleHours,
      minIdleHours: LOWEST.idleHours,
      maxIdleHours: limits.maxIdleHours,
      sshKeyId: newestKeys.items[0]?.id ?? null,
      emrRelease: defaultRelease(known)?.version ?? null,
      homes: { areKept: homes.atMost !== null, atMost: homes.atMost },
    };
  };
