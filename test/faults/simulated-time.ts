/** setTimeout and setInterval keep delays in 32 bits: a longer one is none. */
const LONGEST = 2 ** 31 - 1;

type Act = (...args: unknown[]) => void;

class Timer {
  at: number;
  /** Among timers of the same moment the one that was set first. */
  order: number;
  /** null once it is cleared. */
  act: Act | null;
  readonly args: unknown[];
  readonly every: number | null;

  constructor(at: number, order: number, act: Act, args: unknown[], every: number | null) {
    this.at = at;
    this.order = order;
    this.act = act;
    this.args = args;
    this.every = every;
  }

  ref(): this {
    return this;
  }

  unref(): this {
    return this;
  }
}

const isBefore = (one: Timer, other: Timer): boolean =>
  one.at < other.at || (one.at === other.at && one.order < other.order);

/** A heap: the next timer stands first. */
const timersByTime = () => {
  const timers: Timer[] = [];
  return {
    push(timer: Timer): void {
      let index = timers.length;
      while (index > 0) {
        const above = (index - 1) >> 1;
        const parent = timers[above] as Timer;
        if (!isBefore(timer, parent)) break;
        timers[index] = parent;
        index = above;
      }
      timers[index] = timer;
    },
    pop(): Timer | undefined {
      const [first] = timers;
      const last = timers.pop();
      if (first === undefined || last === undefined || timers.length === 0) return first;
      let index = 0;
      for (let below = 1; below < timers.length; below = 2 * index + 1) {
        const right = timers[below + 1];
        if (right !== undefined && isBefore(right, timers[below] as Timer)) below += 1;
        const child = timers[below] as Timer;
        if (!isBefore(child, last)) break;
        timers[index] = child;
        index = below;
      }
      timers[index] = last;
      return first;
    },
  };
};

/**
 * Time that goes on from timer to timer, in the place of Date, setTimeout and setInterval. @sinonjs/fake-timers does the same
 * and more, and takes a fifth of a simulation.
 */
export const installTime = (begin: number) => {
  const real = {
    Date: globalThis.Date,
    setTimeout: globalThis.setTimeout,
    clearTimeout: globalThis.clearTimeout,
    setInterval: globalThis.setInterval,
    clearInterval: globalThis.clearInterval,
  };
  const timers = timersByTime();
  let now = begin;
  let orders = 0;
  let isActing = false;

  /** Makes real dates: a class of its own below Date takes a twentieth of a simulation. */
  const SimulatedDate = function (...args: readonly []): Date {
    return args.length === 0 ? new real.Date(now) : new real.Date(...args);
  };
  Object.setPrototypeOf(SimulatedDate, real.Date);
  SimulatedDate.prototype = real.Date.prototype;
  SimulatedDate.now = (): number => now;

  const add = (act: Act, delay: number | undefined, args: unknown[], isRepeated: boolean): Timer => {
    orders += 1;
    const whole = delay !== undefined && delay > 0 ? Math.floor(delay) : 0;
    const wait = whole > LONGEST ? 1 : whole;
    // One that is set by another at no distance is not of the same moment, or the two might go on for ever.
    const timer = new Timer(now + (wait || (isActing ? 1 : 0)), orders, act, args, isRepeated ? wait : null);
    timers.push(timer);
    return timer;
  };
  const clear = (timer: Timer | null | undefined): void => {
    if (timer) timer.act = null;
  };

  Object.assign(globalThis, {
    Date: SimulatedDate,
    setTimeout: (act: Act, delay?: number, ...args: unknown[]) => add(act, delay, args, false),
    setInterval: (act: Act, delay?: number, ...args: unknown[]) => add(act, delay, args, true),
    clearTimeout: clear,
    clearInterval: clear,
  });

  return {
    /** Goes to the next timer, which acts. */
    next(): void {
      let timer = timers.pop();
      while (timer?.act === null) timer = timers.pop();
      if (timer === undefined || timer.act === null) return;
      now = timer.at;
      const { act } = timer;
      if (timer.every !== null) {
        orders += 1;
        timer.at += timer.every;
        timer.order = orders;
        timers.push(timer);
      }
      isActing = true;
      try {
        act(...timer.args);
      } finally {
        isActing = false;
      }
    },
    uninstall(): void {
      Object.assign(globalThis, real);
    },
  };
};
