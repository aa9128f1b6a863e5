import { useState } from 'react';

/** An id to give to those who help, with a button that copies it. */
export const CopiedId = ({ label, id }: { readonly label: string; readonly id: string }) => {
  const [note, setNote] = useState('Copy');
  const copy = async (): Promise<void> => {
    try {
      await navigator.clipboard.writeText(id);
      setNote('Copied');
    } catch {
      setNote('Select it and copy it');
    }
  };
  return (
    <span className="atmo-error-id">
      {label} <code>{id}</code>{' '}
      <button type="button" aria-label={`${note} ${label}`} onClick={() => void copy()}>
        {note}
      </button>
    </span>
  );
};
