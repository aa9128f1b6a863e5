/** AWS's default quotas of EFS: file systems in an account and Region, mount targets in a VPC (Service Quotas, November 2026). */
export const HOME_QUOTAS = { fileSystems: 1000, mountTargetsPerVpc: 400 } as const;

/** For how many people a deployment can keep homes at those quotas: each has a file system, mounted in every subnet. */
export const mostHomes = (subnets: number): number =>
  Math.min(HOME_QUOTAS.fileSystems, Math.floor(HOME_QUOTAS.mountTargetsPerVpc / Math.max(1, subnets)));
