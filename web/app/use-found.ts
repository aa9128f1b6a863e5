import { PAGES } from '../../shared/contract/pages.ts';
import { useMe } from '../lib/me.ts';
import { SECTIONS } from '../lib/sections.ts';
import { useRead } from '../lib/use-route.ts';

export interface Found {
  readonly title: string;
  readonly items: readonly { readonly to: string; readonly text: string; readonly note: string }[];
}

/** Matches of each kind. */
const SHOWN = 6;

/** Pages that are in no menu. */
const MORE_PAGES = [
  { to: '/new/cluster', text: 'Launch a cluster' },
  { to: '/new/session', text: 'Start a session' },
  { to: '/new/spark-job', text: 'Create a Spark job' },
  { to: '/new/ssh-key', text: 'Add an SSH key' },
  { to: '/news', text: 'News' },
  { to: '/api-reference', text: 'API reference' },
] as const;

const includes = (text: string, query: string): boolean => text.toLowerCase().includes(query.toLowerCase());

/** What the person can see that matches: the API searches clusters, sessions and jobs, this page its own pages and the keys. */
export const useFound = (query: string) => {
  const { permissions } = useMe();
  const enabled = query !== '';
  const options = { enabled, keepPrevious: true };
  const clusters = useRead('listClusters', { status: 'all', query, limit: SHOWN }, options);
  const sessions = useRead('listSessions', { status: 'all', query, limit: SHOWN }, options);
  const [mine, others] = [
    useRead('listSparkJobs', { owner: 'mine', query, limit: SHOWN }, options),
    useRead(
      'listSparkJobs',
      { owner: permissions.includes('see-every-spark-job') ? 'all' : 'shared', query, limit: SHOWN },
      options,
    ),
  ];
  const keys = useRead('listSshKeys', { limit: 100 }, { enabled });
  const jobs = [...(mine.data?.items ?? []), ...(others.data?.items ?? [])];
  const sections = SECTIONS.filter(({ needs }) => needs === undefined || permissions.includes(needs));
  const groups: Found[] = [
    {
      title: 'Clusters',
      items: (clusters.data?.items ?? []).map(({ id, identifier, owner, status }) => ({
        to: PAGES.cluster(id),
        text: identifier,
        note: `${status} · ${owner}`,
      })),
    },
    {
      title: 'Sessions',
      items: (sessions.data?.items ?? []).map(({ id, name, owner, status }) => ({
        to: PAGES.session(id),
        text: name,
        note: `${status} · ${owner}`,
      })),
    },
    {
      title: 'Spark jobs',
      items: [...new Map(jobs.map((job) => [job.identifier, job])).values()].slice(0, SHOWN).map((job) => ({
        to: PAGES.sparkJob(job.identifier),
        text: job.identifier,
        note: job.owner,
      })),
    },
    {
      title: 'SSH keys',
      items: (keys.data?.items ?? [])
        .filter(({ title, fingerprint }) => includes(title, query) || includes(fingerprint, query))
        .slice(0, SHOWN)
        .map(({ id, title, type }) => ({ to: `/ssh-keys/${id}`, text: title, note: type })),
    },
  ];
  const pages = [...sections, ...MORE_PAGES].filter(({ text }) => includes(text, query));
  const all = [
    ...(enabled ? groups : []),
    { title: 'Pages', items: pages.map(({ to, text }) => ({ to, text, note: '' })) },
  ];
  const reads = [clusters, sessions, mine, others, keys];
  return {
    groups: all.filter(({ items }) => items.length > 0),
    isSearching: enabled && reads.some(({ isFetching }) => isFetching),
    problem: reads.find(({ error }) => error !== null)?.error?.message,
  };
};
