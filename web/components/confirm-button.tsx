import Box from '@cloudscape-design/components/box';
import Button, { type ButtonProps } from '@cloudscape-design/components/button';
import Modal from '@cloudscape-design/components/modal';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type ReactNode } from 'react';

import { Failure } from './failure.tsx';

interface ConfirmButtonProps {
  readonly label: string;
  readonly ariaLabel?: string;
  readonly title: string;
  /** What happens, and what does not. */
  readonly children: ReactNode;
  readonly confirmLabel: string;
  readonly onConfirm: () => Promise<unknown>;
  /** False while what is asked for in the dialog is not right. */
  readonly canConfirm?: boolean;
  readonly variant?: ButtonProps.Variant;
  readonly disabled?: boolean;
  readonly disabledReason?: string;
}

/** A button that asks before it does. A refusal is shown in the dialog, which stays open. */
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
  const confirm = async (): Promise<void> => {
    setState({ isOpen: true, isBusy: true, error: null });
    try {
      await onConfirm();
      setState(CLOSED);
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
      <Modal
        visible={state.isOpen}
        header={title}
        onDismiss={() => setState(CLOSED)}
        footer={
          <Box float="right">
            <SpaceBetween direction="horizontal" size="xs">
              <Button variant="link" onClick={() => setState(CLOSED)}>
                Cancel
              </Button>
              <Button variant="primary" loading={state.isBusy} disabled={!canConfirm} onClick={() => void confirm()}>
                {confirmLabel}
              </Button>
            </SpaceBetween>
          </Box>
        }
      >
        <SpaceBetween size="m">
          {children}
          {state.error !== null && <Failure error={state.error} />}
        </SpaceBetween>
      </Modal>
    </>
  );
};

const CLOSED = { isOpen: false, isBusy: false, error: null } as const;
