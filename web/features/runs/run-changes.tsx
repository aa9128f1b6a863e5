import Box from '@cloudscape-design/components/box';
import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import SpaceBetween from '@cloudscape-design/components/space-between';

import type { RunFailure } from '../../../shared/contract/routes/runs.ts';
import { DiffView } from '../notebooks/diff-view.tsx';
import { diffOf } from '../notebooks/reading/line-diff.ts';
import { ParameterList } from './parameter-list.tsx';

type Change = RunFailure['changes'][number];

const NAMES = { emrRelease: 'EMR release', engine: 'Engine', size: 'Size' } as const;

const CellDiff = ({
  cell,
  before,
  after,
}: {
  readonly cell: number;
  readonly before: string;
  readonly after: string;
}) => (
  <div>
    <Box variant="h4">Cell {cell}</Box>
    <DiffView label={`Changes of cell ${cell}`} lines={diffOf(before, after)} />
  </div>
);

const NotebookDiff = ({ before, after }: Extract<Change, { what: 'notebook' }>) => {
  if (before.length === 0 && after.length === 0) return 'The notebook was replaced. Its cells cannot be compared.';
  const sources = (cells: typeof before) => new Map(cells.map(({ cell, source }) => [cell, source]));
  const [old, now] = [sources(before), sources(after)];
  const numbers = [...new Set([...old.keys(), ...now.keys()])].toSorted((a, b) => a - b);
  return numbers.map((cell) => (
    <CellDiff key={cell} cell={cell} before={old.get(cell) ?? ''} after={now.get(cell) ?? ''} />
  ));
};

const ChangeView = ({ change }: { readonly change: Change }) => {
  switch (change.what) {
    case 'notebook':
      return (
        <div>
          <Box variant="h3">Notebook</Box>
          <NotebookDiff {...change} />
        </div>
      );
    case 'parameters':
      return (
        <div className="atmo-before-and-after">
          <div>
            <Box variant="h3">Parameters before</Box>
            <ParameterList parameters={change.before} />
          </div>
          <div>
            <Box variant="h3">Parameters now</Box>
            <ParameterList parameters={change.after} />
          </div>
        </div>
      );
    case 'emrRelease':
    case 'engine':
    case 'size':
      return (
        <div>
          <Box variant="h3">{NAMES[change.what]}</Box>
          {change.before} → <strong>{change.after}</strong>
        </div>
      );
  }
};

/** What differs from the last success: the first thing to look at. */
const RunChanges = ({ changes }: { readonly changes: readonly Change[] }) => (
  <Container header={<Header variant="h2">What changed since it last worked</Header>}>
    <SpaceBetween size="m">
      {changes.map((change) => (
        <ChangeView key={change.what} change={change} />
      ))}
    </SpaceBetween>
  </Container>
);

export default RunChanges;
