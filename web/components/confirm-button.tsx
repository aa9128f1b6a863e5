import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useId, useState, type ReactNode, type SyntheticEvent } from 'react';

import { Dialog } from './dialog.tsx';
import { Failure } from './failure.tsx';

interface ConfirmButtonProps {
  readonly label: string;
  readonly ariaLabel?: string;
  readonly title: string;
  /** Describes what the action does and what it leaves alone; there only while the dialog is open. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly onConfirm: () => Promise<unknown>;
  /** False while the dialog's input is invalid. */
  readonly canConfirm?: boolean;
  readonly variant?: ButtonProps.Variant;
  readonly disabled?: boolean;
  readonly disabledReason?: string;
}

/** Milliseconds until a closed dialog has returned the focus. */
const CLOSING = 300;

/** Focuses the page if the action removed the button. */
const keepFocus = (): void => {
  setTimeout(() => {
    if (document.activeElement === document.body) document.getElementById('main')?.focus({ preventScroll: true });
  }, CLOSING);
};

/** A button with a confirmation dialog. If the request fails, the dialog stays open and shows the error. */
export const ConfirmButton = ({
  label,
  ariaLabel,
  title,
  children,
  confirmLabel,
  onConfirm,
  canConfirm = true,
  variant = 'normal',
  disabled = false,
  disabledReason,
}: ConfirmButtonProps) => {
  const [state, setState] = useState<{ isOpen: boolean; isBusy: boolean; error: Error | null }>(CLOSED);
  const form = useId();
  const confirm = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (state.isBusy || !canConfirm) return;
    setState({ isOpen: true, isBusy: true, error: null });
    try {
      await onConfirm();
      setState(CLOSED);
      keepFocus();
    } catch (error) {
      setState({ isOpen: true, isBusy: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  return (
    <>
      <Button
        variant={variant}
        disabled={disabled}
        {...(disabledReason === undefined ? {} : { disabledReason })}
        {...(ariaLabel === undefined ? {} : { ariaLabel })}
        ariaHaspopup="dialog"
        onClick={() => setState({ ...CLOSED, isOpen: true })}
      >
        {label}
      </Button>
      <Dialog
        visible={state.isOpen}
        header={title}
        onDismiss={() => setState(CLOSED)}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setState(CLOSED)}>
                Cancel
              </Button>
              <Button variant="primary" form={form} loading={state.isBusy} disabled={!canConfirm}>
                {confirmLabel}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <form id={form} onSubmit={(event) => void confirm(event)} noValidate>
          <SpaceBetween size="m">
            {state.isOpen && children}
            {state.error !== null && <Failure error={state.error} />}
          </SpaceBetween>
        </form>
      </Dialog>
    </>
  );
};

const CLOSED = { isOpen: false, isBusy: false, error: null } as const;
