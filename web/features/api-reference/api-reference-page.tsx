import './api-reference.css';

import { useMemo, useState } from 'react';

import { Loaded } from '../../components/loaded.tsx';
import { Page } from '../../components/page.tsx';
import { routePaths } from '../../lib/route-paths.ts';
import { useRead } from '../../lib/use-route.ts';
import { readOpenApi, type Operation } from './read-open-api.ts';

const Schema = ({ title, text }: { readonly title: string; readonly text: string | null }) =>
  text === null ? null : (
    <>
      <h4>{title}</h4>
      {/* A scrolling region must be reachable by keyboard. */}
      {/* oxlint-disable-next-line jsx-a11y/no-noninteractive-tabindex */}
      <pre tabIndex={0} aria-label={title}>
        {text}
      </pre>
    </>
  );

const OperationView = ({ operation }: { readonly operation: Operation }) => {
  const { id, method, path, summary, isForAdmins, parameters, request, status, answer } = operation;
  return (
    <details id={id}>
      <summary>
        <code className={`atmo-method atmo-method-${method.toLowerCase()}`}>{method}</code> <code>{path}</code>{' '}
        <span>
          {summary}
          {isForAdmins && ' (admins)'}
        </span>
      </summary>
      {parameters.length > 0 && (
        <ul>
          {parameters.map(({ name, in: place, isRequired }) => (
            <li key={name}>
              <code>{name}</code> in the {place}
              {isRequired && ', required'}
            </li>
          ))}
        </ul>
      )}
      <Schema title={`Request body of ${method} ${path}`} text={request} />
      <Schema title={`Answer ${status} of ${method} ${path}`} text={answer} />
    </details>
  );
};

/** `ssh-keys` as a heading: “SSH keys”. */
const headingOf = (tag: string): string => {
  const words = tag.replaceAll('-', ' ').replace(/^ssh/, 'SSH');
  return words.charAt(0).toUpperCase() + words.slice(1);
};

const matches = ({ method, path, summary }: Operation, query: string): boolean =>
  `${method} ${path} ${summary}`.toLowerCase().includes(query.toLowerCase());

const Reference = ({ document }: { readonly document: Parameters<typeof readOpenApi>[0] }) => {
  const groups = useMemo(() => readOpenApi(document), [document]);
  const [query, setQuery] = useState('');
  const shown = [...groups]
    .map(([tag, operations]) => [tag, operations.filter((operation) => matches(operation, query))] as const)
    .filter(([, operations]) => operations.length > 0);
  return (
    <div className="atmo-reference">
      <label>
        Find a request <input type="search" value={query} onChange={({ target }) => setQuery(target.value)} />
      </label>
      {shown.length === 0 && <p>No request matches “{query}”.</p>}
      {shown.map(([tag, operations]) => (
        <section key={tag} aria-label={headingOf(tag)}>
          <h2>{headingOf(tag)}</h2>
          {operations.map((operation) => (
            <OperationView key={operation.id} operation={operation} />
          ))}
        </section>
      ))}
    </div>
  );
};

/** The OpenAPI document as a page to read. */
const ApiReferencePage = () => {
  const document = useRead('getOpenApi', {}, { staleTime: Infinity });
  return (
    <Page
      title="API reference"
      description={
        <>
          Everything these pages do, by HTTP with your session’s cookie. Errors are problem details (RFC 9457). For
          machines:{' '}
          <a className="atmo-plain-link" href={routePaths.getOpenApi.path}>
            OpenAPI 3.1
          </a>
          .
        </>
      }
    >
      <Loaded query={document} what="the API reference">
        {(described) => <Reference document={described} />}
      </Loaded>
    </Page>
  );
};

export default ApiReferencePage;
