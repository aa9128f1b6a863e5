import { useId, useState, type ReactNode, type ToggleEvent } from 'react';

/** Pixels between the button and its menu, and from the edge of the window. */
const GAP = 4;

interface RowMenuProps {
  /** Names the row. */
  readonly of: string;
  /** What can be done with it; read and made when the menu is first opened. */
  readonly renderActions: () => ReactNode;
}

/** What can be done with a row of a table, behind a button. Dialogs that it opens outlive the menu. */
export const RowMenu = ({ of, renderActions }: RowMenuProps) => {
  const id = useId();
  const [wasOpened, setWasOpened] = useState(false);
  const place = ({ currentTarget, newState }: ToggleEvent<HTMLElement>): void => {
    if (newState !== 'open') return;
    setWasOpened(true);
    const button = document.getElementById(`${id}-button`)?.getBoundingClientRect();
    if (button === undefined) return;
    const { clientWidth, clientHeight } = document.documentElement;
    const isLow = button.bottom > clientHeight / 2;
    currentTarget.style.insetBlock = isLow
      ? `auto ${clientHeight - button.top + GAP}px`
      : `${button.bottom + GAP}px auto`;
    currentTarget.style.insetInlineEnd = `${Math.max(GAP, clientWidth - button.right)}px`;
  };
  return (
    <>
      <button
        type="button"
        id={`${id}-button`}
        className="atmo-row-button"
        popoverTarget={id}
        aria-label={`Actions for ${of}`}
      >
        <span aria-hidden="true">⋮</span>
      </button>
      {/* oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- follows the buttons inside */}
      <fieldset
        id={id}
        popover="auto"
        aria-label={`Actions for ${of}`}
        className="atmo-row-menu"
        onBeforeToggle={place}
        onClick={({ target, currentTarget }) => {
          if (target instanceof Element && currentTarget.contains(target)) currentTarget.hidePopover();
        }}
      >
        {wasOpened && renderActions()}
      </fieldset>
    </>
  );
};
