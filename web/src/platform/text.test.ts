import { describe, expect, it } from "vitest";
import { decodeText, uidPart } from "./text";

describe("a part of a tag's number", () => {
  it("is told from a name", () => {
    expect(uidPart("dd 54:2a-83")).toBe("DD542A83");
    expect(uidPart("Mira")).toBeNull();
    expect(uidPart("  ")).toBeNull();
  });
});

describe("the text of a file", () => {
  it("is read as UTF-8", () => {
    expect(decodeText(new TextEncoder().encode("J\u00f6rg").buffer as ArrayBuffer)).toBe("J\u00f6rg");
  });

  it("is read as a spreadsheet on Windows writes it", () => {
    expect(decodeText(Uint8Array.from([0x4a, 0xf6, 0x72, 0x67]).buffer)).toBe("J\u00f6rg");
  });
});
