import { describe, expect, it } from "vitest";
import { peopleOf, readPeople } from "./people-csv";

describe("a list of people", () => {
  it("finds its columns by their headings, in any order and in German", () => {
    const { people, hasHeading } = peopleOf([
      ["Telefon", "Name", "E-Mail"],
      ["+43 660 1", "Mira Novak", "mira@bay.example"],
    ]);
    expect(hasHeading).toBe(true);
    expect(people).toEqual([{ name: "Mira Novak", email: "mira@bay.example", phone: "+43 660 1" }]);
  });

  it("joins first and last names", () => {
    const { people } = peopleOf([
      ["First name", "Last name", "Mail"],
      ["Mira", "Novak", "mira@bay.example"],
    ]);
    expect(people[0]?.name).toBe("Mira Novak");
  });

  it("takes name, e-mail, phone where no line names them", () => {
    const { people, hasHeading } = peopleOf([["Mira Novak", "mira@bay.example"], ["Jonas"]]);
    expect(hasHeading).toBe(false);
    expect(people.map(({ name }) => name)).toEqual(["Mira Novak", "Jonas"]);
    expect(people[1]).toEqual({ name: "Jonas", email: "", phone: "" });
  });

  it("reads semicolons, quotes and the mark of a spreadsheet, and skips empty lines", async () => {
    const { people } = await readPeople('\uFEFFname;email\r\n"Novak; Mira";mira@bay.example\r\n;\r\n\r\n');
    expect(people).toEqual([{ name: "Novak; Mira", email: "mira@bay.example", phone: "" }]);
  });
});
