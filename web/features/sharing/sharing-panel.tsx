import SpaceBetween from '@cloudscape-design/components/space-between';
import Table from '@cloudscape-design/components/table';
import type { UseQueryResult } from '@tanstack/react-query';
import { useState } from 'react';

import type { GrantEntry, GrantsView } from '../../../shared/contract/grants.ts';
import { Failure } from '../../components/failure.tsx';
import { Loaded } from '../../components/loaded.tsx';
import { useNarrow } from '../../lib/use-media.ts';
import { ShareForm } from './share-form.tsx';
import { sharingColumns, sharingRows, stackedSharingColumns, type StandingAccess } from './sharing-columns.tsx';
import './sharing.css';

interface SharingPanelProps {
  readonly standing: readonly StandingAccess[];
  readonly query: UseQueryResult<GrantsView>;
  readonly mayShare: boolean;
  /** Nobody else manages it, so there is no level to choose. */
  readonly isViewOnly?: boolean;
  readonly onSave: (grants: GrantEntry[]) => Promise<unknown>;
}

/** Who can see an object and who can manage it; its owner and admins change that here. */
export const SharingPanel = ({ standing, query, mayShare, isViewOnly = false, onSave }: SharingPanelProps) => {
  const isNarrow = useNarrow();
  const [state, setState] = useState<{ isBusy: boolean; error: Error | null }>({ isBusy: false, error: null });
  const save = async (grants: GrantEntry[]): Promise<void> => {
    setState({ isBusy: true, error: null });
    try {
      await onSave(grants);
      setState({ isBusy: false, error: null });
    } catch (error) {
      setState({ isBusy: false, error: error instanceof Error ? error : new Error(String(error)) });
    }
  };
  const changeOf = ({ grants }: GrantsView) => ({
    isBusy: state.isBusy,
    isViewOnly,
    onLevel: ({ to }: GrantEntry, level: GrantEntry['level']) =>
      void save(grants.map((grant) => (grant.to === to ? { to, level } : grant))),
    onRemove: ({ to }: GrantEntry) => void save(grants.filter((grant) => grant.to !== to)),
  });
  const columnsOf = isNarrow ? stackedSharingColumns : sharingColumns;
  return (
    <Loaded query={query} what="with whom this is shared">
      {(view) => (
        <SpaceBetween size="m">
          <Table
            variant="embedded"
            wrapLines
            items={sharingRows(standing, view)}
            columnDefinitions={columnsOf(mayShare ? changeOf(view) : null)}
            trackBy="id"
            ariaLabels={{ tableLabel: 'Who can see this' }}
          />
          {state.error !== null && <Failure error={state.error} />}
          {mayShare && (
            <ShareForm isViewOnly={isViewOnly} onShare={(to, level) => onSave([...view.grants, { to, level }])} />
          )}
        </SpaceBetween>
      )}
    </Loaded>
  );
};
