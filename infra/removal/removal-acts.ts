export interface RemovalActs {
  /** Carries a removal out, or only tells of it. A failure is told and counted, never thrown. */
  readonly act: (what: string, remove: () => Promise<unknown>) => Promise<void>;
  readonly failures: () => number;
}

/** @param isForReal false: only tells what it would do */
export const removalActs = (isForReal: boolean, tell: (line: string) => void): RemovalActs => {
  let failures = 0;
  return {
    failures: () => failures,
    async act(what, remove) {
      if (!isForReal) return tell(`would remove ${what}`);
      try {
        await remove();
        tell(`removed ${what}`);
      } catch (error) {
        failures += 1;
        tell(`could not remove ${what}: ${error instanceof Error ? `${error.name}: ${error.message}` : String(error)}`);
      }
    },
  };
};
