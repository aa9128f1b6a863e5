import { useState, type ReactNode } from 'react';

import { ConfirmButton } from '../../components/confirm-button.tsx';
import { PersonField } from './person-field.tsx';

interface TransferDialogProps {
  readonly what: string;
  /** What goes to the new owner, and what does not. */
  readonly children: ReactNode;
  readonly onTransfer: (owner: string) => Promise<unknown>;
}

/** Asks to whom something goes. Loaded with its first use: few people are admins. */
const TransferDialog = ({ what, children, onTransfer }: TransferDialogProps) => {
  const [owner, setOwner] = useState('');
  return (
    <ConfirmButton
      label="Transfer"
      title={`Transfer ${what}`}
      confirmLabel="Transfer"
      canConfirm={owner.trim() !== ''}
      onConfirm={() => onTransfer(owner)}
    >
      <div>{children}</div>
      <PersonField label="New owner" value={owner} onChange={setOwner} />
    </ConfirmButton>
  );
};

export default TransferDialog;
