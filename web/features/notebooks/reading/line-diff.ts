import { diffLines } from 'diff';

export interface DiffLine {
  readonly kind: 'added' | 'removed' | 'kept';
  readonly text: string;
}

/** Milliseconds after which two sources are shown whole: comparing them takes longer, the more they differ. */
const PATIENCE = 500;

/** The lines of two sources, with those of either marked. */
export const diffOf = (before: string, after: string): readonly DiffLine[] => {
  const parts = diffLines(before, after, { timeout: PATIENCE }) ?? [
    { added: false, removed: true, value: before },
    { added: true, removed: false, value: after },
  ];
  return parts.flatMap(({ added, removed, value }) =>
    value
      .replace(/\n$/, '')
      .split('\n')
      .map((text) => ({ kind: added ? 'added' : removed ? 'removed' : 'kept', text }) as const),
  );
};
