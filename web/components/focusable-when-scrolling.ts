/** One for the page: a thousand boxes are watched as cheaply as one, and those out of sight not at all. */
const watch = new ResizeObserver((changes) => {
  for (const { target } of changes) {
    if (target instanceof HTMLElement)
      setStop(target, target.scrollWidth > target.clientWidth || target.scrollHeight > target.clientHeight);
  }
});

const setStop = (box: HTMLElement, isStop: boolean): void => {
  if (isStop) box.tabIndex = 0;
  else box.removeAttribute('tabindex');
};

/** CSS pixels that a character takes at least. */
const CHARACTER = 8;

/** Whether a text will scroll sideways, as far as that can be told before it is laid out. */
const isWide = (text: string): boolean =>
  text.split('\n').some((line) => line.length * CHARACTER > globalThis.innerWidth);

/** For `ref`: a box that scrolls can be reached by keyboard, and one that does not is no stop on the way. */
export const focusableWhenScrolling = (box: HTMLElement | null): (() => void) | undefined => {
  if (box === null) return undefined;
  setStop(box, isWide(box.textContent));
  watch.observe(box);
  return () => watch.unobserve(box);
};
