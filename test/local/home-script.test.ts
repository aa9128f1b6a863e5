import { rmSync } from 'node:fs';

import { afterAll, describe, expect, it } from 'vitest';

import { scratchNode } from '../spark/scratch-node.ts';

describe('the script that gives a node its home', () => {
  const own = scratchNode();
  afterAll(() => own.remove());
  const HOME = 'subnet-a=10.71.0.5,subnet-b=10.71.16.9';
  const OPTIONS_OF_NFS = 'rsize=1048576,wsize=1048576,hard,timeo=600,retrans=2,noresvport';
  /** A metadata service that answers, by IMDSv2 alone, that the node is in this subnet. */
  const inSubnet = (subnet: string): void =>
    own.fake(
      'curl',
      `case "$*" in
  *'-X PUT'*ttl-seconds*/api/token) printf token ;;
  *'metadata-token: token'*/macs/0a:1b/subnet-id) printf '${subnet}' ;;
  *'metadata-token: token'*/mac) printf '0a:1b' ;;
  *) exit 22 ;;
esac`,
    );
  const mountsOf = (calls: readonly string[]): string[] => calls.filter((call) => call.startsWith('mount '));

  it.each([
    ['subnet-a', '10.71.0.5'],
    ['subnet-b', '10.71.16.9'],
    // A subnet without a mount target, and no answer at all: any address reaches the files.
    ['subnet-c', '10.71.0.5'],
    ['', '10.71.0.5'],
  ])('mounts the person’s own file system, from %s at %s', async (subnet, address) => {
    rmSync(own.inside('.test/mounted'), { force: true });
    inSubnet(subnet);
    own.fake('mount.nfs4', ':');
    own.calls();
    const { status, output } = await own.run('bootstrap/home.sh', HOME);
    expect(status, output).toBe(0);
    const target = own.inside('mnt/atmo/home');
    const calls = own.calls();
    expect(mountsOf(calls)).toEqual([`mount -t nfs4 -o nfsvers=4.1,${OPTIONS_OF_NFS} ${address}:/ ${target}`]);
    // Nothing is installed for it.
    expect(calls.filter((call) => /^(dnf|yum|rpm|pip) /.test(call))).toEqual([]);

    // Mounted once: a second run leaves it alone.
    expect((await own.run('bootstrap/home.sh', HOME)).status).toBe(0);
    expect(mountsOf(own.calls())).toEqual([]);
  });

  it('needs no mount helper: the kernel is told the address', async () => {
    rmSync(own.inside('.test/mounted'), { force: true });
    rmSync(own.inside('.test/bin/mount.nfs4'));
    inSubnet('subnet-b');
    own.calls();
    const { status, output } = await own.run('bootstrap/home.sh', HOME);
    expect(status, output).toBe(0);
    expect(mountsOf(own.calls())).toEqual([
      `mount -i -t nfs4 -o vers=4.1,${OPTIONS_OF_NFS},addr=10.71.16.9 10.71.16.9:/ ${own.inside('mnt/atmo/home')}`,
    ]);
  });

  it('waits for a mount target that does not answer yet, and fails where it never does', async () => {
    rmSync(own.inside('.test/mounted'), { force: true });
    rmSync(own.inside('.test/tries'), { force: true });
    own.fake(
      'mount',
      `printf x >>'${own.inside('.test/tries')}'
[[ "$(wc -c <'${own.inside('.test/tries')}')" -lt 12 ]] && { echo 'mount.nfs4: Connection timed out' >&2; exit 32; }
printf '%s\\n' "\${@: -1}" >>'${own.inside('.test/mounted')}'`,
    );
    const late = await own.run('bootstrap/home.sh', HOME);
    expect(late.status, late.output).toBe(0);
    expect(late.output.match(/cannot be mounted yet/g)).toHaveLength(11);

    rmSync(own.inside('.test/mounted'), { force: true });
    own.fake('mount', 'echo "mount.nfs4: Connection timed out" >&2; exit 32');
    const never = await own.run('bootstrap/home.sh', HOME);
    expect(never.status).not.toBe(0);
    expect(never.output.match(/cannot be mounted yet/g)).toHaveLength(30);
    expect(never.output).toContain('the home directory at 10.71.16.9 cannot be mounted');
  });

  it('makes a folder on the node where no home is on EFS', async () => {
    const other = scratchNode();
    const { status, output } = await other.run('bootstrap/home.sh', '');
    expect(status, output).toBe(0);
    expect(mountsOf(other.calls())).toEqual([]);
    expect(other.mode('mnt/atmo/home')).toBe('711');
    other.remove();
  });
});
