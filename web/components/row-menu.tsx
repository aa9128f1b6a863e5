import { useId, useState, type MouseEvent, type ReactNode, type ToggleEvent } from 'react';

import { placePopover } from './place-popover.ts';

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
    placePopover(currentTarget, document.getElementById(`${id}-button`), MOST_WIDTH);
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
