import { useMutation } from '@tanstack/react-query';
import { useEffect, useEffectEvent, useState, type SyntheticEvent } from 'react';
import type * as z from 'zod';

import type { FieldError } from '../../shared/domain/errors.ts';
import { ApiError } from './api-error.ts';
import { draftOf } from './draft.ts';
import { useMe } from './me.ts';
import { useQuestionBeforeLeaving, type LeavingQuestion } from './use-question-before-leaving.ts';

interface FormOptions<Values, Schema extends z.ZodType, Output> {
  readonly initial: Values;
  readonly schema: Schema;
  /** The request as the schema takes it, from what is in the fields. */
  readonly requestOf: (values: Values) => unknown;
  readonly save: (request: z.input<Schema>) => Promise<Output>;
  readonly onSaved: (output: Output) => void;
  /** Names the form, with the object that it is about: what is typed is then kept in this tab until it is saved. */
  readonly draft?: string;
  /** Whether what is typed may be stored. */
  readonly isKeepable?: (values: Values) => boolean;
}

export interface Form<Values> {
  readonly values: Values;
  readonly change: (changes: Partial<Values>) => void;
  /** The error of a field: from the schema once it was edited or sent, from the API until it is edited again. */
  readonly errorOf: (field: string) => string | undefined;
  /** The API's error for the last submission. */
  readonly failure: Error | null;
  readonly isSaving: boolean;
  readonly submit: (event: SyntheticEvent) => void;
  /** Number of refused submissions, by the schema or by the API. */
  readonly refusals: number;
  /** Whether the fields hold what was typed before the page was left. */
  readonly isRestored: boolean;
  /** Gives up what was typed. */
  readonly startOver: () => void;
  /** How often the person started over: fields with a state of their own are made anew. */
  readonly round: number;
  readonly leaving: LeavingQuestion;
  /** Whether what is typed is kept in this tab while the form is not saved. */
  readonly isKept: boolean;
}

const fieldErrorsOf = (result: z.ZodSafeParseResult<unknown>): FieldError[] =>
  result.success
    ? []
    : result.error.issues.map(({ path, message }) => ({ field: path.map(String).join('.'), message }));

/** A field also shows errors of the fields below it, unless those are shown separately. */
const concerns = (error: FieldError, field: string): boolean =>
  error.field === field || error.field.startsWith(`${field}.`);

/** A form that validates with the contract's own schema and shows the API's refusals at their fields. */
export const useForm = <Values extends object, Schema extends z.ZodType, Output>({
  initial,
  schema,
  requestOf,
  save,
  onSaved,
  draft,
  isKeepable,
}: FormOptions<Values, Schema, Output>): Form<Values> => {
  const { id } = useMe();
  const kept = draft === undefined ? null : draftOf(`${id} ${draft}`, initial);
  const [restored, setRestored] = useState(() => kept?.recall() ?? null);
  const [values, setValues] = useState(restored ?? initial);
  const [round, setRound] = useState(0);
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const [wasSent, setWasSent] = useState(false);
  const [refused, setRefused] = useState<readonly FieldError[]>([]);
  const [refusals, setRefusals] = useState(0);
  const saving = useMutation({
    mutationFn: (request: z.input<Schema>) => save(request),
    onSuccess: (output) => {
      kept?.forget();
      leaving.allow();
      onSaved(output);
    },
    onError: (error) => {
      setRefused(error instanceof ApiError ? error.fieldErrors : []);
      setRefusals((count) => count + 1);
    },
  });

  const leaving = useQuestionBeforeLeaving((edited.size > 0 || restored !== null) && !saving.isSuccess);
  const mayKeep = (typed: Values): boolean => kept !== null && (isKeepable === undefined || isKeepable(typed));
  const keep = useEffectEvent((typed: Values): void => {
    if (edited.size === 0) return;
    if (mayKeep(typed)) kept?.keep(typed);
    else kept?.forget();
  });
  useEffect(() => keep(values), [values]);

  const result = schema.safeParse(requestOf(values));
  const errors = fieldErrorsOf(result);
  const errorOf = (field: string): string | undefined => {
    const isShown = wasSent || [...edited].some((name) => name === field || field.startsWith(`${name}.`));
    const ours = isShown ? errors.find((error) => concerns(error, field)) : undefined;
    return (ours ?? refused.find((error) => concerns(error, field)))?.message;
  };
  return {
    values,
    change: (changes) => {
      const names = Object.keys(changes);
      setValues((present) => ({ ...present, ...changes }));
      setEdited((present) => new Set([...present, ...names]));
      setRefused((present) => present.filter((error) => !names.some((name) => concerns(error, name))));
    },
    errorOf,
    failure: saving.error,
    isSaving: saving.isPending,
    submit: (event) => {
      event.preventDefault();
      setWasSent(true);
      if (result.success) saving.mutate(requestOf(values) as z.input<Schema>);
      else setRefusals((count) => count + 1);
    },
    refusals,
    isRestored: restored !== null,
    startOver: () => {
      kept?.forget();
      setRestored(null);
      setValues(initial);
      setEdited(new Set());
      setWasSent(false);
      setRefused([]);
      setRound((count) => count + 1);
    },
    round,
    leaving,
    isKept: mayKeep(values),
  };
};

/** A number field's value; undefined if it is empty, for which the schema has the message. */
export const numberOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
