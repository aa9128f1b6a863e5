import AttributeEditor from '@cloudscape-design/components/attribute-editor';
import Box from '@cloudscape-design/components/box';
import Button from '@cloudscape-design/components/button';
import Input from '@cloudscape-design/components/input';
import SpaceBetween from '@cloudscape-design/components/space-between';

import { runSparkJobBody } from '../../lib/contract.ts';
import { kindOf, offeredRows, requestOf, type OfferedParameter, type ParameterRow } from './parameter-rows.ts';

interface ParametersEditorProps {
  readonly rows: readonly ParameterRow[];
  /** The parameters of the notebook just picked. */
  readonly offered: readonly OfferedParameter[];
  readonly onChange: (rows: readonly ParameterRow[]) => void;
  /** The error of the parameters as a whole. */
  readonly error: string | undefined;
}

const isNameTaken = (rows: readonly ParameterRow[], index: number): boolean =>
  rows.some(({ name }, other) => other < index && name === rows[index]?.name);

const nameProblem = (rows: readonly ParameterRow[], index: number): string | undefined => {
  const row = rows[index];
  if (row === undefined) return undefined;
  if (row.name === '') return row.value === '' ? undefined : 'Enter a name.';
  if (isNameTaken(rows, index)) return 'Parameter names must be unique.';
  return runSparkJobBody.safeParse({ parameters: requestOf([{ ...row, value: '' }]) }).success
    ? undefined
    : 'Use letters, digits and underscores; do not start with a digit.';
};

const inputFor =
  (field: keyof ParameterRow, placeholder: string, change: (index: number, changes: Partial<ParameterRow>) => void) =>
  (row: ParameterRow, index: number) => (
    <Input
      value={row[field]}
      placeholder={placeholder}
      disableBrowserAutocorrect
      onChange={({ detail }) => change(index, { [field]: detail.value })}
    />
  );

/** Name/value pairs for the notebook, typed as JSON or as text. */
export const ParametersEditor = ({ rows, offered, onChange, error }: ParametersEditorProps) => {
  const change = (index: number, changes: Partial<ParameterRow>): void =>
    onChange(rows.map((row, at) => (at === index ? { ...row, ...changes } : row)));
  const more = offeredRows(rows, offered);
  const editor = (
    <AttributeEditor
      items={rows}
      addButtonText="Add a parameter"
      removeButtonText="Remove"
      removeButtonAriaLabel={({ name }) => `Remove the parameter ${name}`}
      empty="No parameters."
      additionalInfo={
        error === undefined || rows.some((_, index) => nameProblem(rows, index) !== undefined) ? (
          'Numbers, true, false, null, lists and objects are read as JSON; anything else is text. Quote a number to keep it text.'
        ) : (
          <Box color="text-status-error">{error}</Box>
        )
      }
      onAddButtonClick={() => onChange([...rows, { name: '', value: '' }])}
      onRemoveButtonClick={({ detail }) => onChange(rows.filter((_, index) => index !== detail.itemIndex))}
      definition={[
        {
          label: 'Name',
          control: inputFor('name', 'country', change),
          errorText: (_, index) => nameProblem(rows, index),
        },
        {
          label: 'Value',
          control: inputFor('value', 'DE', change),
          constraintText: ({ value }) => `The notebook gets ${kindOf(value)}.`,
        },
      ]}
    />
  );
  return (
    <SpaceBetween size="s">
      {more.length > 0 && (
        <Button iconName="add-plus" formAction="none" onClick={() => onChange([...rows, ...more])}>
          Add from the notebook: {more.map(({ name }) => name).join(', ')}
        </Button>
      )}
      {editor}
    </SpaceBetween>
  );
};
