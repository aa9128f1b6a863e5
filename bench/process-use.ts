import { readFileSync } from 'node:fs';

/** Ticks of Linux' clock in which a process's time is told. */
const TICKS_PER_SECOND = 100;

/** Seconds of processor time that a process has taken with all its threads. Linux only. */
export const processorSeconds = (pid: number): number => {
  // The name of the program, in parentheses, may hold blanks.
  const [, fields = ''] = readFileSync(`/proc/${pid}/stat`, 'utf8').split(/\) /);
  const [user = Number.NaN, system = Number.NaN] = fields.split(' ').slice(11, 13).map(Number);
  return (user + system) / TICKS_PER_SECOND;
};

/** Megabytes of memory that a process holds. Linux only. */
export const residentMegabytes = (pid: number): number =>
  Number(/^VmRSS:\s+(\d+) kB$/m.exec(readFileSync(`/proc/${pid}/status`, 'utf8'))?.[1]) / 1024;
