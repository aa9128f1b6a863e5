import type { ClusterInstanceView } from '../../../shared/contract/routes/cluster-details.ts';
import { INSTANCE_ROLES, type InstanceRole } from '../../../shared/domain/cluster-details.ts';

export const ROLE_NAMES: Readonly<Record<InstanceRole, string>> = { master: 'Master', core: 'Core', task: 'Task' };

/** How many of each role there are, as "1 master, 2 core, 4 task"; those that have ended do not count unless all have. */
export const instancesInWords = (instances: readonly Pick<ClusterInstanceView, 'role' | 'state'>[]): string => {
  const alive = instances.filter(({ state }) => state !== 'TERMINATED');
  const counted = alive.length === 0 ? instances : alive;
  const counts = INSTANCE_ROLES.map((role) => [counted.filter((one) => one.role === role).length, role] as const);
  return counts.flatMap(([count, role]) => (count === 0 ? [] : [`${count} ${role}`])).join(', ');
};
