/**
 * The machine's own timers and time, for waits that are for the machine and not for the virtual clock. This module must
 * be loaded before the clock is installed.
 */
export const native = {
  Date: globalThis.Date,
  setTimeout: globalThis.setTimeout,
  clearTimeout: globalThis.clearTimeout,
  setInterval: globalThis.setInterval,
  clearInterval: globalThis.clearInterval,
} as const;
