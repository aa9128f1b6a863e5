import type { ResultFiles } from '../../functions/ports/result-files.ts';

/** What was done to the results of which identifier, in order; `errors` are thrown by the next calls, one each. */
export const fakeResultFiles = () => {
  const done: string[] = [];
  const errors: Error[] = [];
  const act = async (what: string): Promise<void> => {
    const error = errors.shift();
    if (error !== undefined) throw error;
    done.push(what);
  };
  const resultFiles: ResultFiles = {
    makePrivate: (identifier) => act(`make private ${identifier}`),
    removeAll: (identifier) => act(`remove ${identifier}`),
  };
  return { resultFiles, done, errors };
};
