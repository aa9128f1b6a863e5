/** A moment as typed: a date and a time of day, both in UTC. */
export interface MomentInput {
  readonly date: string;
  readonly time: string;
}

/** The moment; if the input is invalid, the typed text, which the schema then refuses. */
export const instantOf = ({ date, time }: MomentInput): string => {
  const typed = `${date}T${time === '' ? '00:00' : time}:00.000Z`;
  const moment = new Date(typed);
  return Number.isNaN(moment.getTime()) ? typed : moment.toISOString();
};

export const momentInputOf = (instant: string): MomentInput => ({
  date: instant.slice(0, 10),
  time: instant.slice(11, 16),
});
