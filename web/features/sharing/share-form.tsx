import Button from '@cloudscape-design/components/button';
import FormField from '@cloudscape-design/components/form-field';
import SpaceBetween from '@cloudscape-design/components/space-between';
import { useState, type SyntheticEvent } from 'react';

import type { GrantLevel } from '../../../shared/domain/grant.ts';
import { ApiError } from '../../lib/api-error.ts';
import { granteeOf, GranteeField } from './grantee-field.tsx';
import { LevelSelect } from './level-select.tsx';

interface ShareFormProps {
  readonly isViewOnly: boolean;
  /** Resolves once it is shared. */
  readonly onShare: (to: string, level: GrantLevel) => Promise<unknown>;
}

const messageOf = (error: unknown): string => {
  const [refused] = error instanceof ApiError ? error.fieldErrors : [];
  return refused?.message ?? (error instanceof Error ? error.message : String(error));
};

/** Adds a person or a group. A refusal stands at the field, which keeps what was typed. */
export const ShareForm = ({ isViewOnly, onShare }: ShareFormProps) => {
  const [to, setTo] = useState('');
  const [level, setLevel] = useState<GrantLevel>('view');
  const [state, setState] = useState<{ isBusy: boolean; error?: string }>({ isBusy: false });
  const share = async (event: SyntheticEvent): Promise<void> => {
    event.preventDefault();
    if (state.isBusy) return;
    if (to.trim() === '') return setState({ isBusy: false, error: 'Give a username, an address or a group.' });
    setState({ isBusy: true });
    try {
      await onShare(granteeOf(to), level);
      setTo('');
      setState({ isBusy: false });
    } catch (error) {
      setState({ isBusy: false, error: messageOf(error) });
    }
  };
  return (
    <form onSubmit={(event) => void share(event)} noValidate>
      <div className="atmo-share-form">
        <GranteeField
          value={to}
          error={state.error}
          onChange={(value) => {
            setTo(value);
            setState(({ isBusy }) => ({ isBusy }));
          }}
        />
        <FormField label="They may">
          <SpaceBetween direction="horizontal" size="xs" alignItems="center">
            {isViewOnly ? (
              <span>View</span>
            ) : (
              <LevelSelect label="What they may do" level={level} onChange={setLevel} />
            )}
            <Button formAction="submit" loading={state.isBusy}>
              Share
            </Button>
          </SpaceBetween>
        </FormField>
      </div>
    </form>
  );
};
