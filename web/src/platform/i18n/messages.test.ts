import { describe, expect, it } from "vitest";
import { fill, pickPlural, splitMessage } from "./messages";

describe("a message", () => {
  it("is filled by name, numbers as the locale writes them", () => {
    expect(fill("{count} of {total}", { count: 1234, total: "x" }, "de-AT")).toBe("1.234 of x".replace("1.234", new Intl.NumberFormat("de-AT").format(1234)));
    expect(fill("{unknown}", { a: 1 }, "en")).toBe("{unknown}");
  });

  it("has its plural", () => {
    const messages = { tap_one: "a tap", tap_other: "taps" };
    expect(pickPlural(messages, "tap", 1, "en")).toBe("a tap");
    expect(pickPlural(messages, "tap", 2, "en")).toBe("taps");
    expect(pickPlural(messages, "tip", 2, "en")).toBeUndefined();
  });

  it("is split at its names", () => {
    expect(splitMessage("{who} tapped at {device}.")).toEqual([
      { name: "who" },
      { text: " tapped at " },
      { name: "device" },
      { text: "." },
    ]);
  });
});
