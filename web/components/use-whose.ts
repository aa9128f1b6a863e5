import { useChoice, type Choice } from './use-list-view.ts';

const LISTS = [
  { value: 'any', label: 'Mine and shared with me' },
  { value: 'mine', label: 'Mine' },
  { value: 'shared', label: 'Shared with me' },
] as const;
const EVERYBODYS = { value: 'all', label: 'Everybody’s' } as const;

type Whose = (typeof LISTS)[number]['value'] | 'all';

interface WhoseChoice {
  readonly whose: Choice<Whose>;
  /** As the API takes it; left out for all that the person may see. */
  readonly owner: Exclude<Whose, 'any'> | undefined;
}

/** Whose clusters or sessions a list shows. */
export const useWhose = (label: string, mayWatch: boolean): WhoseChoice => {
  const whose = useChoice<Whose>('owner', label, mayWatch ? [...LISTS, EVERYBODYS] : LISTS);
  const { value } = whose.chosen;
  return { whose, owner: value === 'any' ? undefined : value };
};
