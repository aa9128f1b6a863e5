/** Does something after a time, in milliseconds, unless it is stopped before. @returns stops it */
export type Timer = (milliseconds: number, act: () => void) => () => void;

export const systemTimer: Timer = (milliseconds, act) => {
  const timer = setTimeout(act, milliseconds);
  return () => clearTimeout(timer);
};
