import { useState } from 'react';

import { useAddress } from './use-address.ts';
import type { Pages } from './use-pages.ts';

/** As `usePages`, with the page in the address. Of an address that was sent, the pages before it lead to the first. */
export const useAddressPages = (list: string): Pages => {
  const { parameters, turn } = useAddress();
  const [kept, setKept] = useState<{ readonly list: string; readonly cursors: readonly (string | undefined)[] }>();
  const given = parameters.get('cursor') ?? undefined;
  const number = given === undefined ? 1 : Math.max(1, Math.trunc(Number(parameters.get('page'))) || 1);
  const cursor = number === 1 ? undefined : given;
  const cursors = kept?.list === list ? kept.cursors : [];
  return {
    cursor,
    number,
    known: Math.max(number, cursors.length),
    turnTo: (wanted, next) => {
      const to = wanted === number + 1 ? (next ?? undefined) : cursors[wanted - 1];
      const known = [...cursors];
      known[number - 1] = cursor;
      if (to !== undefined) known[wanted - 1] = to;
      setKept({ list, cursors: known });
      turn(to === undefined ? { page: undefined, cursor: undefined } : { page: String(wanted), cursor: to });
    },
  };
};
