import { describe, expect, it } from "vitest";
import { actOf, changesOf, nameIn } from "./changes";

const line = (table_name: string, action: string, before: object | null, after: object | null) =>
  ({ table_name, action, before, after }) as Parameters<typeof actOf>[0];

describe("a line of the audit log", () => {
  it("names the fields that changed, without what every change moves", () => {
    const change = { before: { id: 1, name: "Mira", version: 1 }, after: { id: 1, name: "Mira N.", version: 2 } };
    expect(changesOf(change)).toEqual([{ field: "name", before: "Mira", after: "Mira N." }]);
  });

  it("tells of a new row only what was said", () => {
    const change = { before: null, after: { name: "Mira", email: null, flags: [] } };
    expect(changesOf(change)).toEqual([{ field: "name", before: null, after: "Mira" }]);
  });

  it.each([
    ["people", { archived_at: null }, { archived_at: "2026-11-20" }, "archive"],
    ["people", { archived_at: "2026-11-20" }, { archived_at: null }, "unarchive"],
    ["people", { user_id: null }, { user_id: "a" }, "link"],
    ["projects", { archived_at: null }, { archived_at: "2026-11-20" }, "archive"],
    ["memberships", { role: "viewer", is_active: true }, { role: "admin", is_active: true }, "role"],
    ["memberships", { is_active: true }, { is_active: false }, "deactivate"],
    ["device_keys", { revoked_at: null }, { revoked_at: "2026-11-20" }, "revoke"],
    ["invitations", { accepted_at: null }, { accepted_at: "2026-11-20" }, "accept"],
    ["people", { name: "Mira" }, { name: "Mira N." }, "update"],
  ])("calls an update of %s by what it did", (table, before, after, act) => {
    expect(actOf(line(table, "update", before, after))).toBe(act);
  });

  it("is named by what a person would call the row", () => {
    expect(nameIn({ before: null, after: { uid: "DD542A83", label: "Amber card" } })).toBe("Amber card");
    expect(nameIn({ before: { uid: "DD542A83", label: null }, after: null })).toBe("DD542A83");
  });
});
