import type { RouteOutput, Routes } from '../../../shared/contract/api.ts';
import type { ClusterView } from '../../../shared/contract/cluster.ts';
import type { EmrReleaseView } from '../../../shared/contract/emr-release-view.ts';
import type { SshKeyView } from '../../../shared/contract/routes/ssh-keys.ts';

/** What the launch form starts with. `idleHours` null: never. */
export type LaunchPresets = Omit<RouteOutput<Routes['getClusterDefaults']>, 'idleHours'> &
  Pick<ClusterView, 'idleHours'>;

type Earlier = Pick<ClusterView, 'identifier' | 'size' | 'lifetime' | 'idleHours' | 'sshKeyId' | 'emrRelease'>;

interface Choices {
  readonly sshKeys: readonly Pick<SshKeyView, 'id'>[];
  readonly releases: readonly Pick<EmrReleaseView, 'version'>[];
}

/** The presets for another cluster like an earlier one, as far as its key and release can still be chosen. */
export const presetsLike = (
  presets: LaunchPresets,
  earlier: Earlier,
  { sshKeys, releases }: Choices,
): LaunchPresets => {
  const { identifier, size, lifetime, idleHours, sshKeyId, emrRelease } = earlier;
  return {
    ...presets,
    identifier,
    size: Math.min(size, presets.maxSize ?? size),
    lifetime,
    idleHours,
    sshKeyId: sshKeys.some(({ id }) => id === sshKeyId) ? sshKeyId : presets.sshKeyId,
    emrRelease: releases.some(({ version }) => version === emrRelease) ? emrRelease : presets.emrRelease,
  };
};
