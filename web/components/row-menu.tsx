import { useId, useState, type MouseEvent, type ReactNode, type ToggleEvent } from 'react';

/** Pixels between the button and its menu, and from the edge of the window. */
const GAP = 4;

/** Pixels. */
const MOST_WIDTH = 360;

/**
 * What makes a button, and a `fieldset` of other buttons, a menu. Dialogs that those open outlive the menu.
 * @param of names what is acted on
 */
export const useActionMenu = (of: string, onOpen?: () => void) => {
  const id = useId();
  const label = `Actions for ${of}`;
  const place = ({ currentTarget, newState }: ToggleEvent<HTMLElement>): void => {
    if (newState !== 'open') return;
    onOpen?.();
    const button = document.getElementById(`${id}-button`)?.getBoundingClientRect();
    if (button === undefined) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const isLow = button.bottom > clientHeight / 2;
    currentTarget.style.insetBlock = isLow
      ? `auto ${clientHeight - button.top + GAP}px`
      : `${button.bottom + GAP}px auto`;
    // Ends where the button does, unless it would begin beside the window: on phones the button is in the middle of a line.
    const width = Math.min(MOST_WIDTH, clientWidth - 2 * GAP);
    currentTarget.style.maxInlineSize = `${width}px`;
    currentTarget.style.insetInlineEnd = `${Math.max(GAP, Math.min(clientWidth - button.right, clientWidth - width - GAP))}px`;
  };
  return {
    button: { id: `${id}-button`, popoverTarget: id, 'aria-label': label },
    menu: {
      id,
      popover: 'auto' as const,
      'aria-label': label,
      className: 'atmo-row-menu',
      onBeforeToggle: place,
      // Follows the buttons inside.
      onClick: ({ target, currentTarget }: MouseEvent<HTMLElement>) => {
        if (target instanceof Element && currentTarget.contains(target)) currentTarget.hidePopover();
      },
    },
  };
};

export const MenuButton = (button: ReturnType<typeof useActionMenu>['button']) => (
  <button {...button} type="button" className="atmo-row-button">
    <span aria-hidden="true">⋮</span>
  </button>
);

interface RowMenuProps {
  /** Names the row. */
  readonly of: string;
  /** What can be done with it; read and made when the menu is first opened. */
  readonly renderActions: () => ReactNode;
}

/** What can be done with a row of a table, behind a button. */
export const RowMenu = ({ of, renderActions }: RowMenuProps) => {
  const [wasOpened, setWasOpened] = useState(false);
  const { button, menu } = useActionMenu(of, () => setWasOpened(true));
  return (
    <>
      <MenuButton {...button} />
      <fieldset {...menu}>{wasOpened && renderActions()}</fieldset>
    </>
  );
};
