import { execFile } from 'node:child_process';
import { createHash } from 'node:crypto';
import {
  chmodSync,
  existsSync,
  lstatSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  readFileSync,
  readlinkSync,
  rmSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

import { SCRIPTS } from '../../local/spark/paths.ts';

/**
 * A folder that plays an EMR node: the bootstrap action runs in it for real, but for what would touch this machine.
 * @param wheels a folder that plays `wheels/` of the EMR bucket
 */
export const scratchNode = (wheels = '/nowhere') => {
  const root = mkdtempSync(path.join(tmpdir(), 'atmo-node-'));
  const inside = (...parts: string[]): string => path.join(root, ...parts);
  const home = inside('home/hadoop');
  const callsFile = inside('.test/calls');

  for (const folder of ['.test/bin', 'home/hadoop', 'mnt/var/lib/info', 'emr/metricscollector']) {
    mkdirSync(inside(folder), { recursive: true });
  }
  writeFileSync(callsFile, '');

  /** Replaces a command; every call of it is recorded. */
  const fake = (name: string, script: string): void => {
    const file = inside('.test/bin', name);
    writeFileSync(file, `#!/bin/bash\nprintf '%s\\n' "${name} $*" >>'${callsFile}'\n${script}\n`);
    chmodSync(file, 0o755);
  };
  // Recorded under the name of what it runs, if that is faked too.
  fake('sudo', 'exec "$@"');
  fake(
    'aws',
    `[[ "$1 $2" == 's3 cp' ]] || exit 1
source="\${@: -2:1}" target="\${@: -1}"
case "$source" in
  */wheels/*) [[ ! -d "${wheels}/\${source#*/wheels/}" ]] || cp -R "${wheels}/\${source#*/wheels/}." "$target" ;;
  *) cp -R '${SCRIPTS}/.' "$target" ;;
esac`,
  );
  fake('mount', `printf '%s\\n' "\${@: -1}" >>'${inside('.test/mounted')}'`);
  fake('mountpoint', `grep -qxF "$2" '${inside('.test/mounted')}' 2>/dev/null`);
  fake('curl', 'exit 7');
  fake('dnf', 'exit 0');
  fake('systemctl', ':');
  fake('chown', ':');
  fake(
    'shutdown',
    `mkdir -p '${inside('run/systemd/shutdown')}' && touch '${inside('run/systemd/shutdown/scheduled')}'`,
  );

  const files = (folder: string): string[] =>
    readdirSync(folder, { withFileTypes: true, recursive: true }).map((entry) =>
      path.relative(root, path.join(entry.parentPath, entry.name)),
    );

  const describeFile = (file: string): string => {
    const { mode } = lstatSync(inside(file));
    const kind = lstatSync(inside(file));
    const content = kind.isSymbolicLink()
      ? readlinkSync(inside(file))
      : kind.isFile()
        ? createHash('sha256')
            .update(readFileSync(inside(file)))
            .digest('hex')
        : '';
    return `${(mode & 0o7777).toString(8)} ${content}`;
  };

  /** Runs one of our scripts on the node. */
  const run = (script: string, ...options: string[]) =>
    new Promise<{ status: number | null; output: string }>((resolve) => {
      const child = execFile(
        path.join(SCRIPTS, script),
        options,
        {
          cwd: home,
          env: {
            ...process.env,
            PATH: `${inside('.test/bin')}:${process.env['PATH'] ?? ''}`,
            HOME: home,
            ATMO_ROOT: root,
            ATMO_MOUNT_PAUSE: '0',
          },
        },
        (_error, stdout, stderr) => resolve({ status: child.exitCode, output: `${stdout}${stderr}` }),
      );
    });

  return {
    root,
    home,
    inside,
    fake,

    setMaster(isMaster: boolean): void {
      writeFileSync(
        inside('mnt/var/lib/info/instance.json'),
        JSON.stringify({ isMaster, isRunningNameNode: isMaster }),
      );
    },

    /** Runs bootstrap.sh with these options. */
    bootstrap: (...options: string[]) => run('bootstrap/bootstrap.sh', ...options),

    run,

    /** The faked commands that were called since the last time, without sudo. */
    calls(): string[] {
      const calls = readFileSync(callsFile, 'utf8')
        .split('\n')
        .filter((call) => call !== '' && !call.startsWith('sudo '));
      writeFileSync(callsFile, '');
      return calls;
    },

    read: (file: string): string => readFileSync(inside(file), 'utf8'),
    mode: (file: string): string => (lstatSync(inside(file)).mode & 0o777).toString(8),
    exists: (file: string): boolean => existsSync(inside(file)),

    /** Every file with its permissions and content, but for logs. */
    snapshot: (): Record<string, string> =>
      Object.fromEntries(
        files(root)
          .filter((file) => !/^(\.test|var\/log)|__pycache__/.test(file))
          .map((file) => [file, describeFile(file)]),
      ),

    remove: (): void => rmSync(root, { recursive: true, force: true }),
  };
};
