import { Link, useSearchParams } from 'react-router';

interface FilterLinksProps {
  readonly label: string;
  /** Of the address. */
  readonly parameter: string;
  readonly options: readonly { readonly value: string; readonly text: string }[];
  readonly value: string;
}

/** A choice that stands in the address, so that it can be kept and sent. */
export const FilterLinks = ({ label, parameter, options, value }: FilterLinksProps) => {
  const [parameters] = useSearchParams();
  return (
    <nav aria-label={label} className="atmo-filter">
      {options.map((option) => (
        <Link
          key={option.value}
          to={`?${new URLSearchParams({ ...Object.fromEntries(parameters), [parameter]: option.value })}`}
          replace
          {...(option.value === value ? { 'aria-current': 'true' } : {})}
        >
          {option.text}
        </Link>
      ))}
    </nav>
  );
};
