import { addDays, dayOf, daysBetween, instantAt, type Day } from "../../../platform/dates";

interface Span {
  start: number;
  end: number;
}

/** The days that a time of day may mean; one has to be chosen where there are more than two. */
export const daysToSplit = ({ start, end }: Span, zone: string): Day[] =>
  daysBetween(dayOf(start, zone), dayOf(end - 1, zone));

/** The instant within a span that a time on the wall clock means, on the first day or, after midnight, the next. */
export function splitInstant(span: Span, minutes: number, zone: string, day?: Day): number | null {
  const first = dayOf(span.start, zone);
  const days = day ? [day] : [first, addDays(first, 1)];
  const instants = days.map((each) => instantAt(each, minutes, zone));
  return instants.find((instant) => instant > span.start && instant < span.end) ?? null;
}
