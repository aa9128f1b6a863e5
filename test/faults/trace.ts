/** Notes what happens. The text is made only where somebody reads it. */
export type Trace = (what: 'call' | 'log' | 'world', text: () => string) => void;

export const noTrace: Trace = () => {};

/** Prints each line with the simulated time. */
export const printedTrace: Trace = (what, text) => {
  console.log(`${new Date().toISOString()} ${what.padEnd(5)} ${text()}`);
};
