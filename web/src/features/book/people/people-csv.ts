import type { PersonInput } from "../data/people";

// What spreadsheets call these columns, in both languages of the page.
const HEADINGS: Record<string, keyof PersonInput | "first" | "last"> = {
  name: "name",
  "full name": "name",
  person: "name",
  "first name": "first",
  firstname: "first",
  vorname: "first",
  "last name": "last",
  lastname: "last",
  surname: "last",
  nachname: "last",
  email: "email",
  "e-mail": "email",
  mail: "email",
  phone: "phone",
  mobile: "phone",
  telefon: "phone",
  handy: "phone",
};

export interface PeopleList {
  people: PersonInput[];
  /** Whether the first line named the columns. */
  hasHeading: boolean;
}

/** People from rows of cells: by their headings, else as name, e-mail, phone. */
export function peopleOf(rows: readonly (readonly string[])[]): PeopleList {
  const heading = (rows[0] ?? []).map((cell) => HEADINGS[cell.trim().toLowerCase()]);
  const hasHeading = heading.includes("name") || heading.includes("first") || heading.includes("last");
  const columns = hasHeading ? heading : (["name", "email", "phone"] as const);
  const body = (hasHeading ? rows.slice(1) : rows).filter((row) => row.some((cell) => cell.trim() !== ""));
  const people = body.map((row) => {
    const cell = (column: string) => {
      const at = columns.findIndex((each) => each === column);
      return at < 0 ? "" : (row[at] ?? "").trim();
    };
    const name = cell("name") || [cell("first"), cell("last")].filter(Boolean).join(" ");
    return { name, email: cell("email"), phone: cell("phone") };
  });
  return { people, hasHeading };
}

/** The text of a CSV file; the code that takes it apart comes when a file does. */
export async function readPeople(text: string): Promise<PeopleList> {
  const { default: Papa } = await import("papaparse");
  const { data } = Papa.parse<string[]>(text.replace(/^\uFEFF/, ""), { skipEmptyLines: "greedy" });
  return peopleOf(data);
}
