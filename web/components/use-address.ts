import { useSearchParams } from 'react-router';

type Changes = Readonly<Record<string, string | undefined>>;

const changed = (parameters: URLSearchParams, changes: Changes): URLSearchParams => {
  const next = new URLSearchParams(parameters);
  for (const [name, value] of Object.entries(changes)) {
    if (value === undefined || value === '') next.delete(name);
    else next.set(name, value);
  }
  return next;
};

/** What a list shows, in the page's address, so that it can be kept and sent. */
export const useAddress = () => {
  const [parameters, setParameters] = useSearchParams();
  return {
    parameters,
    /** Another choice begins at its first page. */
    show: (changes: Changes): void =>
      setParameters(changed(parameters, { page: undefined, cursor: undefined, ...changes }), { replace: true }),
    /** A page that Back returns from. */
    turn: (page: Changes): void => setParameters(changed(parameters, page)),
  };
};
