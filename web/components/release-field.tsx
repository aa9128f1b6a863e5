import FormField from '@cloudscape-design/components/form-field';
import Link from '@cloudscape-design/components/link';
import Select, { type SelectProps } from '@cloudscape-design/components/select';

import type { EmrReleaseView } from '../../shared/contract/emr-release-view.ts';

const optionOf = ({ version, helpText, isExperimental, isDeprecated }: EmrReleaseView): SelectProps.Option => ({
  value: version,
  label: version,
  description: helpText,
  ...(isExperimental ? { labelTag: 'experimental' } : isDeprecated ? { labelTag: 'deprecated' } : {}),
});

const warningOf = (chosen: EmrReleaseView | undefined): string | undefined => {
  if (chosen?.isDeprecated === true) return 'This release is deprecated. Choose a newer one.';
  return chosen?.isExperimental === true ? 'This release is experimental. Try your notebook on it first.' : undefined;
};

interface ReleaseFieldProps {
  readonly releases: readonly EmrReleaseView[];
  readonly value: string;
  readonly onChange: (version: string) => void;
  readonly error: string | undefined;
}

/** Selects an EMR release and shows its help text and warnings. */
export const ReleaseField = ({ releases, value, onChange, error }: ReleaseFieldProps) => {
  const chosen = releases.find(({ version }) => version === value);
  return (
    <FormField
      label="EMR release"
      errorText={error}
      warningText={warningOf(chosen)}
      constraintText={
        chosen === undefined ? undefined : (
          <>
            {chosen.helpText}{' '}
            <Link href={chosen.changelogUrl} external fontSize="body-s">
              About EMR {chosen.version}
            </Link>
          </>
        )
      }
    >
      <Select
        // A job may keep a release that is no longer offered.
        selectedOption={chosen === undefined ? (value === '' ? null : { value, label: value }) : optionOf(chosen)}
        options={releases.map(optionOf)}
        placeholder="Choose a release"
        empty="No active releases. Ask an admin to add one."
        onChange={({ detail }) => onChange(detail.selectedOption.value ?? '')}
      />
    </FormField>
  );
};
