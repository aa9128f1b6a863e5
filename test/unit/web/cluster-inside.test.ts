import { describe, expect, it } from 'vitest';

import { instancesInWords } from '../../../web/features/clusters/instance-roles.ts';
import { mergedLog } from '../../../web/features/clusters/merged-log.ts';

const log = (stream: string, text: string, isWhole = true) => ({
  action: 1,
  stream,
  s3Uri: `s3://logs/${stream}.gz`,
  text,
  isWhole,
});

describe('the streams of bootstrap actions', () => {
  it('are one log, what the script printed before what EMR did', () => {
    const second = { ...log('stdout', 'two'), action: 2 };
    expect(mergedLog([second, log('controller', 'INFO'), log('stderr', 'no disk'), log('stdout', 'one\n')])).toEqual({
      text: [
        '── bootstrap action 1: stdout ──\none',
        '── bootstrap action 1: stderr ──\nno disk',
        '── bootstrap action 1: controller ──\nINFO',
        '── bootstrap action 2: stdout ──\ntwo',
      ].join('\n\n'),
      note: null,
    });
  });

  it('say where the rest is of what was cut', () => {
    expect(mergedLog([log('stdout', 'end', false), log('stderr', 'x')]).note).toBe(
      'Only the last lines are shown. The whole log is at s3://logs/stdout.gz.',
    );
  });
});

describe('instances in words', () => {
  const of = (role: 'master' | 'core' | 'task', state = 'RUNNING') => ({ role, state });

  it('are counted by role', () => {
    expect(instancesInWords([of('master'), of('core'), of('core'), of('task', 'PROVISIONING')])).toBe(
      '1 master, 2 core, 1 task',
    );
  });

  it('leave out those that were replaced, unless all have ended', () => {
    expect(instancesInWords([of('master'), of('core', 'TERMINATED'), of('core')])).toBe('1 master, 1 core');
    expect(instancesInWords([of('master', 'TERMINATED'), of('core', 'TERMINATED')])).toBe('1 master, 1 core');
  });
});
