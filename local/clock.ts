import { syncBuiltinESMExports } from 'node:module';

import FakeTimers from '@sinonjs/fake-timers';
import * as z from 'zod';

import type { Activity } from './activity.ts';
import { native } from './native-timers.ts';
import { openStateFile } from './state-file.ts';

const TICK_MS = 20;
/** A gap this long means that the machine slept or was blocked: what fell due meanwhile then happens in order. */
const GAP_MS = 2000;
/** Timers hold 31 bits of milliseconds. */
const MAX_TIMER_MS = 2 ** 31 - 1;

const ClockState = z.object({
  /** How far this stack's time is ahead of the machine's, in milliseconds. */
  ahead: z.number().nonnegative(),
  /** The latest time known to have been shown, so that a machine whose clock is set back does not go back here. */
  latest: z.number(),
});

/** The one clock of the whole process; `Date` and all timers follow it. */
export interface VirtualClock {
  /** Moves time on and lets everything that falls due in between happen, in order. Resolves when it has. */
  advance(milliseconds: number): Promise<void>;
  /** Whether time is being moved on, and does not run at the machine's pace. */
  isMoving(): boolean;
  /** Ends moves under way where they are; time goes on at the machine's pace, as the shutdown needs it. */
  endMoves(): void;
  /** Puts the real clock back; used by tests and at the end. */
  uninstall(): void;
}

/**
 * Replaces `Date` and the timers of this process. Must run before any library takes its own reference to them. Time
 * runs on by itself at the machine's pace.
 * @param stateFile where the offset is kept, so that time goes on after a restart from where it was
 */
export const installClock = (stateFile: string, activity: Activity): VirtualClock => {
  const state = openStateFile(stateFile, ClockState, { ahead: 0, latest: 0 });
  const start = Math.max(native.Date.now() + state.value.ahead, state.value.latest);
  const timers = FakeTimers.install({
    now: start,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
    shouldClearNativeTimers: true,
  });
  syncBuiltinESMExports();

  const save = (latest: number): void => state.write({ ahead: Math.max(0, latest - native.Date.now()), latest });
  let moving: Promise<void> = Promise.resolve();
  let movesUnderWay = 0;
  const moves = { ended: false };
  let lastRealTime = native.Date.now();

  const move = async (milliseconds: number): Promise<void> => {
    await activity.settled();
    for (let left = milliseconds; left > 0 && !moves.ended; left -= MAX_TIMER_MS) {
      const arrival = { reached: false };
      setTimeout(() => (arrival.reached = true), Math.min(left, MAX_TIMER_MS));
      while (!arrival.reached && !moves.ended) {
        timers.next();
        await activity.settled();
      }
    }
    if (moves.ended) return;
    // What is due at the very moment of arrival but was planned on the way.
    timers.tick(0);
    await activity.settled();
  };

  const moveAfter = async (earlier: Promise<void>, milliseconds: number): Promise<void> => {
    movesUnderWay += 1;
    try {
      // The caller of the earlier move gets its error.
      await earlier.catch(() => {});
      await move(milliseconds);
    } finally {
      movesUnderWay -= 1;
      lastRealTime = native.Date.now();
    }
  };
  const enqueueMove = (milliseconds: number): Promise<void> => (moving = moveAfter(moving, milliseconds));

  const ticking = native.setInterval(() => {
    if (movesUnderWay > 0) return;
    const realTime = native.Date.now();
    const elapsed = Math.max(0, realTime - lastRealTime);
    lastRealTime = realTime;
    if (elapsed < GAP_MS) timers.tick(elapsed);
    else void enqueueMove(elapsed);
  }, TICK_MS);

  return {
    advance(milliseconds) {
      // Saved first, so that no data is from the future if the process is killed meanwhile.
      save(Date.now() + milliseconds);
      return enqueueMove(milliseconds);
    },
    isMoving: () => movesUnderWay > 0,
    endMoves() {
      moves.ended = true;
    },
    uninstall() {
      native.clearInterval(ticking);
      save(Date.now());
      timers.uninstall();
      syncBuiltinESMExports();
    },
  };
};
