import Select from '@cloudscape-design/components/select';

import type { GrantLevel } from '../../../shared/domain/grant.ts';

const OPTIONS: readonly { value: GrantLevel; label: string }[] = [
  { value: 'view', label: 'View' },
  { value: 'manage', label: 'View and manage' },
];

export const levelWords = (level: GrantLevel): string => OPTIONS.find(({ value }) => value === level)?.label ?? level;

interface LevelSelectProps {
  readonly label: string;
  readonly level: GrantLevel;
  readonly onChange: (level: GrantLevel) => void;
  readonly disabled?: boolean;
}

export const LevelSelect = ({ label, level, onChange, disabled = false }: LevelSelectProps) => (
  <div className="atmo-level">
    <Select
      ariaLabel={label}
      selectedOption={OPTIONS.find(({ value }) => value === level) ?? null}
      options={OPTIONS}
      disabled={disabled}
      onChange={({ detail }) => onChange(detail.selectedOption.value === 'manage' ? 'manage' : 'view')}
    />
  </div>
);
