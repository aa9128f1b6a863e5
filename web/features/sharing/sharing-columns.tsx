import Button from '@cloudscape-design/components/button';
import SpaceBetween from '@cloudscape-design/components/space-between';
import type { TableProps } from '@cloudscape-design/components/table';

import type { GrantEntry, GrantsView } from '../../../shared/contract/grants.ts';
import type { GrantLevel } from '../../../shared/domain/grant.ts';
import { Name } from '../../components/name.tsx';
import { levelWords, LevelSelect } from './level-select.tsx';

/** Somebody who has access without being granted it. */
export interface StandingAccess {
  readonly who: string;
  readonly may: string;
}

export interface SharingRow extends StandingAccess {
  readonly id: string;
  readonly grant: GrantEntry | null;
}

const nameOf = (to: string): string =>
  to.startsWith('group:') ? `Everybody in ${to.slice('group:'.length)}` : to.slice('user:'.length);

export const sharingRows = (standing: readonly StandingAccess[], { grants }: GrantsView): SharingRow[] => [
  ...standing.map(({ who, may }) => ({ id: `standing ${who}`, who, may, grant: null })),
  ...grants.map((grant) => ({ id: grant.to, who: nameOf(grant.to), may: levelWords(grant.level), grant })),
];

interface Change {
  readonly isBusy: boolean;
  readonly isViewOnly: boolean;
  readonly onLevel: (grant: GrantEntry, level: GrantLevel) => void;
  readonly onRemove: (grant: GrantEntry) => void;
}

interface CellProps {
  readonly row: SharingRow;
  /** Null where the person may not share. */
  readonly change: Change | null;
}

const May = ({ row: { who, may, grant }, change }: CellProps) =>
  grant === null || change === null || change.isViewOnly ? (
    may
  ) : (
    <LevelSelect
      label={`What ${who} may do`}
      level={grant.level}
      disabled={change.isBusy}
      onChange={(level) => change.onLevel(grant, level)}
    />
  );

const Removal = ({ row: { who, grant }, change }: CellProps) =>
  grant !== null &&
  change !== null && (
    <Button
      variant="inline-link"
      ariaLabel={`Remove ${who}`}
      disabled={change.isBusy}
      onClick={() => change.onRemove(grant)}
    >
      Remove
    </Button>
  );

const Stacked = (props: CellProps) => (
  <SpaceBetween size="xxs">
    <Name text={props.row.who} />
    <May {...props} />
    <Removal {...props} />
  </SpaceBetween>
);

type Columns = readonly TableProps.ColumnDefinition<SharingRow>[];

export const sharingColumns = (change: Change | null): Columns => [
  { id: 'who', header: 'Who', isRowHeader: true, minWidth: 240, cell: ({ who }) => <Name text={who} /> },
  { id: 'may', header: 'May', cell: (row) => <May row={row} change={change} /> },
  {
    id: 'remove',
    header: <span className="atmo-unseen">Stop sharing</span>,
    cell: (row) => <Removal row={row} change={change} />,
  },
];

/** On phones, where three columns have no room. */
export const stackedSharingColumns = (change: Change | null): Columns => [
  {
    id: 'who',
    header: 'Who, and what they may do',
    isRowHeader: true,
    cell: (row) => <Stacked row={row} change={change} />,
  },
];
