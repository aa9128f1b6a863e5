import type { RouteOutput, Routes } from '../../shared/contract/api.ts';
import names from '../../shared/data/names.json' with { type: 'json' };
import { CLUSTER_LIMITS } from '../../shared/domain/cluster.ts';
import { defaultRelease } from '../../shared/domain/emr-release.ts';
import { suggestedIdentifier } from '../../shared/domain/identifier.ts';
import { hasUnlimitedClusterSize, type Person } from '../../shared/domain/person.ts';
import type { LaunchRules } from './launch-rules.ts';

interface ClusterDefaultsDependencies extends LaunchRules {
  /** A source of numbers in [0, 1). */
  readonly random: () => number;
}

/** Presets and limits of the launch form. Without a key the person must add one first. */
export const getClusterDefaults =
  ({ sshKeys, releases, random }: ClusterDefaultsDependencies) =>
  async (_: unknown, person: Person): Promise<RouteOutput<Routes['getClusterDefaults']>> => {
    const [newestKeys, known] = await Promise.all([sshKeys.listOf(person.id, { limit: 1 }), releases.all()]);
    const { defaultSize, maxSize, defaultLifetime, minLifetime, maxLifetime } = CLUSTER_LIMITS;
    const { defaultIdleHours, minIdleHours, maxIdleHours } = CLUSTER_LIMITS;
    return {
      identifier: suggestedIdentifier(names, random),
      size: defaultSize,
      maxSize: hasUnlimitedClusterSize(person) ? null : maxSize,
      lifetime: defaultLifetime,
      minLifetime,
      maxLifetime,
      idleHours: defaultIdleHours,
      minIdleHours,
      maxIdleHours,
      sshKeyId: newestKeys.items[0]?.id ?? null,
      emrRelease: defaultRelease(known)?.version ?? null,
    };
  };
