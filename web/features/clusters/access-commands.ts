import type { ClusterAccess } from '../../../shared/contract/cluster.ts';

/** The placeholder for the person's key file in the API's commands. */
const KEY_FILE = '<key>';

type Commands = Readonly<Record<'tunnel' | 'ssh' | 'sshConfig' | 'copyNotebooks', string>> & {
  readonly efsMount: string | null;
};

/** The commands to copy: with the person's key file, or without one for ssh's default. */
export const accessCommands = (access: ClusterAccess, keyFile: string | null): Commands => {
  if (keyFile === null) return access;
  const named = (command: string): string => command.replaceAll(KEY_FILE, keyFile);
  return {
    tunnel: named(access.tunnelWithKey),
    ssh: named(access.sshWithKey),
    sshConfig: named(access.sshConfig.replace('# IdentityFile', 'IdentityFile')),
    copyNotebooks: named(access.copyNotebooksWithKey),
    efsMount: access.efsMount?.replace('sshfs ', `sshfs -o IdentityFile=${keyFile} `) ?? null,
  };
};
