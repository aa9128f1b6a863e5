import { useRef, useState, type KeyboardEvent } from 'react';

const STEPS: Readonly<Record<string, (at: number, last: number) => number>> = {
  ArrowLeft: (at) => at - 1,
  ArrowRight: (at) => at + 1,
  Home: () => 0,
  End: (_, last) => last,
};

/** Which link or button of a list the Tab key reaches; the arrow keys move between them. */
export const useArrowKeys = (count: number, first: number) => {
  const list = useRef<HTMLOListElement>(null);
  const [at, setAt] = useState<number | null>(null);
  const reached = Math.min(at ?? first, count - 1);
  const onKeyDown = (event: KeyboardEvent): void => {
    const step = STEPS[event.key];
    if (step === undefined) return;
    event.preventDefault();
    const next = Math.max(0, Math.min(count - 1, step(reached, count - 1)));
    setAt(next);
    list.current?.querySelectorAll<HTMLElement>('a, button')[next]?.focus();
  };
  return { list, reached, setAt, onKeyDown };
};
