import { useMutation } from '@tanstack/react-query';
import { useState, type SyntheticEvent } from 'react';
import type * as z from 'zod';

import type { FieldError } from '../../shared/domain/errors.ts';
import { ApiError } from './api-error.ts';

interface FormOptions<Values, Schema extends z.ZodType, Output> {
  readonly initial: Values;
  readonly schema: Schema;
  /** The request as the schema takes it, from what is in the fields. */
  readonly requestOf: (values: Values) => unknown;
  readonly save: (request: z.input<Schema>) => Promise<Output>;
  readonly onSaved: (output: Output) => void;
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
}: FormOptions<Values, Schema, Output>): Form<Values> => {
  const [values, setValues] = useState(initial);
  const [edited, setEdited] = useState<ReadonlySet<string>>(new Set());
  const [wasSent, setWasSent] = useState(false);
  const [refused, setRefused] = useState<readonly FieldError[]>([]);
  const [refusals, setRefusals] = useState(0);
  const saving = useMutation({
    mutationFn: (request: z.input<Schema>) => save(request),
    onSuccess: onSaved,
    onError: (error) => {
      setRefused(error instanceof ApiError ? error.fieldErrors : []);
      setRefusals((count) => count + 1);
    },
  });

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
  };
};

/** A number field's value; undefined if it is empty, for which the schema has the message. */
export const numberOf = (text: string): number | undefined => (text.trim() === '' ? undefined : Number(text));
