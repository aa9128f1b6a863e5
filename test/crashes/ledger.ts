export const KINDS = ['key', 'job', 'cluster'] as const;
export type Kind = (typeof KINDS)[number];

/** What the portal acknowledged: `doubtful` is what it was asked for, and died before it answered. */
type Standing = 'there' | 'gone' | 'doubtful';

export interface Problem {
  readonly kind: Kind;
  readonly name: string;
  readonly said: Standing;
  readonly found: number;
}

/** Keeps what was acknowledged, by name, and compares it with what is there. */
export const newLedger = () => {
  const known: Readonly<Record<Kind, Map<string, Standing>>> = {
    key: new Map(),
    job: new Map(),
    cluster: new Map(),
  };
  return {
    note(kind: Kind, name: string, standing: Standing): void {
      known[kind].set(name, standing);
    },
    anyThere(kind: Kind): string | undefined {
      return [...known[kind]].find(([, standing]) => standing === 'there')?.[0];
    },
    count: (): number => KINDS.reduce((sum, kind) => sum + known[kind].size, 0),
    /** @param names of all that is there */
    problems: (kind: Kind, names: readonly string[]): readonly Problem[] =>
      [...known[kind]].flatMap(([name, said]) => {
        const found = names.filter((other) => other === name).length;
        const isRight = said === 'doubtful' ? found <= 1 : found === (said === 'there' ? 1 : 0);
        return isRight ? [] : [{ kind, name, said, found }];
      }),
  };
};

export type Ledger = ReturnType<typeof newLedger>;
