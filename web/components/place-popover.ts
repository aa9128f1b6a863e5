/** Pixels between a button and what it opens, and from the edge of the window. */
const GAP = 4;

/**
 * Puts a popover below its button, or above where the button is low. It ends where the button does, unless it would begin beside
 * the window: on phones the button is in the middle of a line.
 * @param most pixels that it is wide at most
 */
export const placePopover = (popover: HTMLElement, button: HTMLElement | null, most: number): void => {
  if (button === null) return;
  const { top, bottom, right } = button.getBoundingClientRect();
  const { clientWidth, clientHeight } = document.documentElement;
  const isLow = bottom > clientHeight / 2;
  popover.style.insetBlock = isLow ? `auto ${clientHeight - top + GAP}px` : `${bottom + GAP}px auto`;
  popover.style.maxBlockSize = `${(isLow ? top : clientHeight - bottom) - 2 * GAP}px`;
  const width = Math.min(most, clientWidth - 2 * GAP);
  popover.style.maxInlineSize = `${width}px`;
  popover.style.insetInlineEnd = `${Math.max(GAP, Math.min(clientWidth - right, clientWidth - width - GAP))}px`;
};
