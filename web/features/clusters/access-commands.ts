import type { ClusterAccess } from '../../../shared/contract/routes/clusters.ts';

/** What the commands of the API say where the person's own file goes. */
const KEY_FILE = '<key>';

type Commands = Readonly<Record<'tunnel' | 'ssh' | 'sshConfig' | 'copyNotebooks', string>> & {
  readonly efsMount: string | null;
};

/** The commands as the person copies them: with their own key file, or as ssh finds one by itself. */
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
