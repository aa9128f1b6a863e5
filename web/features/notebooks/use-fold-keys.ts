import { useEffect, type RefObject } from 'react';

const buttonsIn = (box: HTMLElement): readonly HTMLElement[] =>
  Array.from(box.querySelectorAll<HTMLElement>('.atmo-fold'));

/** Makes one of the buttons the only one that Tab reaches. */
const makeStop = (box: HTMLElement, button: HTMLElement): void => {
  for (const before of box.querySelectorAll<HTMLElement>('.atmo-fold[tabindex="0"]')) before.tabIndex = -1;
  button.tabIndex = 0;
};

const STEPS: Readonly<Record<string, (at: number, count: number) => number>> = {
  ArrowDown: (at, count) => Math.min(at + 1, count - 1),
  ArrowRight: (at, count) => Math.min(at + 1, count - 1),
  ArrowUp: (at) => Math.max(at - 1, 0),
  ArrowLeft: (at) => Math.max(at - 1, 0),
  Home: () => 0,
  End: (_, count) => count - 1,
};

/**
 * Takes the keyboard through the buttons that fold cells: Tab reaches one of them, arrows the others. A thousand cells must
 * not be two thousand stops.
 */
export const useFoldKeys = (content: RefObject<HTMLElement | null>): void => {
  // Cells come slice by slice.
  useEffect(() => {
    const { current: box } = content;
    if (box === null || box.querySelector('.atmo-fold[tabindex="0"]') !== null) return;
    const first = box.querySelector<HTMLElement>('.atmo-fold');
    if (first !== null) first.tabIndex = 0;
  });
  useEffect(() => {
    const { current: box } = content;
    if (box === null) return undefined;
    const buttonOf = ({ target }: Event): HTMLElement | null =>
      target instanceof HTMLElement ? target.closest<HTMLElement>('.atmo-fold') : null;
    const go = (event: KeyboardEvent): void => {
      const [button, step] = [buttonOf(event), STEPS[event.key]];
      if (button === null || step === undefined) return;
      event.preventDefault();
      const buttons = buttonsIn(box);
      buttons[step(buttons.indexOf(button), buttons.length)]?.focus();
    };
    const follow = (event: FocusEvent): void => {
      const button = buttonOf(event);
      if (button !== null) makeStop(box, button);
    };
    box.addEventListener('keydown', go);
    box.addEventListener('focusin', follow);
    return () => {
      box.removeEventListener('keydown', go);
      box.removeEventListener('focusin', follow);
    };
  }, [content]);
};
