/** A moment as it is typed: a date and a time of day, both in UTC. */
export interface MomentInput {
  readonly date: string;
  readonly time: string;
}

/** The moment, or what was typed where that is none, for the schema to refuse. */
export const instantOf = ({ date, time }: MomentInput): string => {
  const typed = `${date}T${time === '' ? '00:00' : time}:00.000Z`;
  const moment = new Date(typed);
  return Number.isNaN(moment.getTime()) ? typed : moment.toISOString();
};

export const momentInputOf = (instant: string): MomentInput => ({
  date: instant.slice(0, 10),
  time: instant.slice(11, 16),
});
