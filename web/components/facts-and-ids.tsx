import KeyValuePairs, { type KeyValuePairsProps } from '@cloudscape-design/components/key-value-pairs';
import SpaceBetween from '@cloudscape-design/components/space-between';

interface FactsAndIdsProps {
  readonly columns: number;
  readonly facts: readonly KeyValuePairsProps.Item[];
  /** Ids and sentences. */
  readonly wide: readonly KeyValuePairsProps.Pair[];
}

/** Pixels that most ids take with the button that copies them: on phones the whole line. */
const ID_WIDTH = 240;

/** All recorded facts of an object, and below them its ids and what takes a sentence, which have more room. */
export const FactsAndIds = ({ columns, facts, wide }: FactsAndIdsProps) => (
  <SpaceBetween size="l">
    <KeyValuePairs columns={columns} minColumnWidth={140} items={facts} />
    <KeyValuePairs columns={columns} minColumnWidth={ID_WIDTH} items={wide} />
  </SpaceBetween>
);
