import type { Page } from 'playwright-core';

/**
 * What is poorly set on a page: words and ids that break within, texts that are cut, columns too narrow for their text, and texts
 * and controls beside the window, out of reach of any scroll bar.
 */
export const poorlySetOn = (page: Page): Promise<readonly string[]> =>
  page.evaluate(() => {
    /** Letters of a word that fits into any column; a longer one may break. */
    const WORD = /(?<![^\s\u200B-])[^\s\u200B-]{3,24}(?![^\s\u200B-])/g;
    const NARROW = 64;
    const LINES = 4;

    const isSeen = (element: Element): boolean => {
      const { width, height } = element.getBoundingClientRect();
      return width > 1 && height > 1 && element.checkVisibility({ opacityProperty: true, visibilityProperty: true });
    };
    /** The nearest element around that cuts or scrolls what is wider than itself. */
    const frameOf = (element: Element): { readonly frame: Element; readonly overflow: string } | null => {
      for (
        let frame: Element | null = element;
        frame !== null && frame !== document.body;
        frame = frame.parentElement
      ) {
        const { overflowX } = getComputedStyle(frame);
        if (overflowX !== 'visible') return { frame, overflow: overflowX };
      }
      return null;
    };
    /** Pixels to the left of the window, where Cloudscape puts texts for those who listen. */
    const FAR = 5000;
    const isBeside = ({ left, right }: DOMRect): boolean =>
      right > document.documentElement.clientWidth + 1 || (left < -1 && right > -FAR);
    const linesOf = (range: Range): number =>
      new Set([...range.getClientRects()].filter(({ width }) => width > 0.5).map(({ top }) => Math.round(top))).size;

    const found: string[] = [];
    const texts = document.createTreeWalker(document.body, NodeFilter.SHOW_TEXT);
    for (let node = texts.nextNode(); node !== null; node = texts.nextNode()) {
      const element = node.parentElement;
      const text = node.textContent ?? '';
      if (element === null || text.trim() === '' || element.closest('script, style, noscript, pre, code, textarea'))
        continue;
      if (!isSeen(element)) continue;
      const range = document.createRange();
      for (const { 0: word, index } of text.matchAll(WORD)) {
        range.setStart(node, index);
        range.setEnd(node, index + word.length);
        if (linesOf(range) > 1) found.push(`The word “${word}” breaks in “${text.trim()}”.`);
      }
      range.selectNodeContents(node);
      const box = range.getBoundingClientRect();
      if (box.width < NARROW && linesOf(range) >= LINES) found.push(`“${text.trim()}” has ${box.width} px.`);
      const around = frameOf(element);
      if (around === null) {
        if (isBeside(box)) found.push(`“${text.trim()}” is beside the window.`);
      } else if (around.overflow === 'hidden' || around.overflow === 'clip') {
        const { left, right, width } = around.frame.getBoundingClientRect();
        // Text that is out of sight as a whole is for those who listen.
        const isForListeners = width <= 2 || box.left >= right - 1 || box.right <= left + 1;
        // A shortened id is told whole by its title, and copied whole.
        const isShortened = around.frame.matches('.atmo-id');
        if (!isForListeners && !isShortened && (box.right > right + 2 || box.left < left - 2))
          found.push(`“${text.trim()}” is cut.`);
      }
    }
    for (const control of document.querySelectorAll('a, button, input, select, textarea, [role="tab"]'))
      if (isSeen(control) && frameOf(control) === null && isBeside(control.getBoundingClientRect()))
        found.push(`${control.outerHTML.slice(0, 120)} is beside the window.`);
    return found;
  });
