import { useEffect, useRef, type ReactNode } from 'react';

interface LightDialogProps {
  readonly label: string;
  readonly onClose: () => void;
  readonly children: ReactNode;
}

/** A dialog of the browser's own: it keeps the focus inside, closes with Escape and returns the focus. */
export const LightDialog = ({ label, onClose, children }: LightDialogProps) => {
  const dialog = useRef<HTMLDialogElement>(null);
  useEffect(() => {
    const element = dialog.current;
    element?.showModal();
    return () => element?.close();
  }, []);
  return (
    // oxlint-disable-next-line jsx-a11y/click-events-have-key-events, jsx-a11y/no-noninteractive-element-interactions -- Escape closes it too
    <dialog
      ref={dialog}
      aria-label={label}
      className="atmo-dialog"
      onClose={onClose}
      onClick={({ target, currentTarget }) => {
        // The dialog's own box has no padding: a click on it is one on the backdrop.
        if (target === currentTarget) onClose();
      }}
    >
      <div>{children}</div>
    </dialog>
  );
};
