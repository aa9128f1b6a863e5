import Container from '@cloudscape-design/components/container';
import Header from '@cloudscape-design/components/header';
import KeyValuePairs from '@cloudscape-design/components/key-value-pairs';

import type { SparkFacts as Facts } from '../../../shared/domain/spark-facts.ts';
import { countText } from '../../lib/amounts.ts';
import { withoutEscapes } from '../notebooks/reading/terminal-text.ts';
import { factsInWords } from './spark-facts-words.ts';

/** What Spark's event log says about a failed run. */
export const SparkFacts = ({ facts }: { readonly facts: Facts }) => (
  <Container
    header={
      <Header
        variant="h2"
        description={`From Spark’s event log: ${countText(facts.stages, 'stage')}, ${countText(facts.tasks, 'task')}.`}
      >
        What Spark says
      </Header>
    }
  >
    <KeyValuePairs
      columns={1}
      items={factsInWords(facts).map(({ title, text }) => ({ label: title, value: withoutEscapes(text) }))}
    />
  </Container>
);
