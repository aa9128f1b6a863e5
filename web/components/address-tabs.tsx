import Tabs, { type TabsProps } from '@cloudscape-design/components/tabs';
import { useSearchParams } from 'react-router';

interface AddressTabsProps {
  readonly label: string;
  /** The first one is open unless the address says otherwise. */
  readonly tabs: readonly TabsProps.Tab[];
  readonly variant?: TabsProps.Variant;
}

/** Tabs whose open one is in the page's address, so that it can be kept and sent. */
export const AddressTabs = ({ label, tabs, variant = 'container' }: AddressTabsProps) => {
  const [parameters, setParameters] = useSearchParams();
  const active = tabs.find(({ id }) => id === parameters.get('tab')) ?? tabs[0];
  return (
    <Tabs
      variant={variant}
      ariaLabel={label}
      activeTabId={active?.id ?? ''}
      tabs={tabs}
      onChange={({ detail }) => setParameters({ tab: detail.activeTabId }, { replace: true })}
    />
  );
};
