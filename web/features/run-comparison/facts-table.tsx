import type { RunView } from '../../../shared/contract/run.ts';
import { PAGES } from '../../../shared/contract/pages.ts';
import { PageLink } from '../../components/links.tsx';
import { useNow } from '../../lib/use-now.ts';
import { comparedFacts } from './compared-facts.ts';

interface FactsTableProps {
  readonly identifier: string;
  readonly before: RunView;
  readonly after: RunView;
}

/** The facts of two runs side by side; what differs is said in words. */
export const FactsTable = ({ identifier, before, after }: FactsTableProps) => (
  <table className="atmo-compared-facts" aria-label="Facts of both runs">
    <thead>
      <tr>
        <th scope="col">
          <span className="atmo-unseen">Fact</span>
        </th>
        {[before, after].map(({ id, number }) => (
          <th key={id} scope="col">
            <PageLink to={PAGES.run(identifier, id)}>{`Run ${number}`}</PageLink>
          </th>
        ))}
      </tr>
    </thead>
    <tbody>
      {comparedFacts(before, after, useNow()).map((fact) => (
        <tr key={fact.name}>
          <th scope="row">
            {fact.name} {fact.difference !== null && <span className="atmo-differs">{fact.difference}</span>}
          </th>
          <td>{fact.before}</td>
          <td>{fact.after}</td>
        </tr>
      ))}
    </tbody>
  </table>
);
