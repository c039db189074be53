import "../../testing/hooks";
import { describe, expect, it } from "vitest";
import { locale } from "./locale";
import { loadWords, messages, setLocale, type WordFiles } from "./store";

Object.assign(document, { documentElement: {} });

const room = (name: string, isThere = () => true): WordFiles => {
  const file = (language: string) => async () => {
    if (!isThere()) throw new Error("offline");
    return { default: { [name]: `${name} ${language}` } };
  };
  return { en: file("en"), de: file("de") };
};

describe("the words loaded so far", () => {
  it("are those of every room used, in the language shown", async () => {
    const early = loadWords([room("desk")]);
    await Promise.all([setLocale("de"), early]);
    expect([locale.value, messages()["desk"]]).toEqual(["de", "desk de"]);
    await loadWords([room("door")]);
    expect(messages()["door"]).toBe("door de");
    await setLocale("en");
    expect([messages()["desk"], messages()["door"]]).toEqual(["desk en", "door en"]);
  });

  it("are whole at every moment of a change of language", async () => {
    const change = setLocale("de");
    await loadWords([room("late")]);
    const shown = messages()["late"];
    await change;
    expect([shown?.startsWith("late "), messages()["late"]]).toEqual([true, "late de"]);
  });

  it("stay as they are when others do not come", async () => {
    let isOnline = true;
    await loadWords([room("far", () => isOnline)]);
    isOnline = false;
    await expect(setLocale("en")).rejects.toThrow("offline");
    expect([locale.value, messages()["far"]]).toEqual(["de", "far de"]);
    await loadWords([room("near")]);
    expect(messages()["near"]).toBe("near de");
  });
});
