import { toChildArray, type ComponentChildren, type FunctionComponent, type VNode } from "preact";
import { describe, expect, it } from "vitest";
import { into, slotFor } from "./slots";

interface Named {
  name: string;
}

const given: string[] = [];
const filling =
  (word: string): FunctionComponent<Named> =>
  ({ name }) => {
    given.push(`${word} ${name}`);
    return null;
  };
const plain = <T>(load: () => Promise<T>) => load;

/** What a slot draws, as a list of what its fillings were given. */
async function drawn(slot: FunctionComponent<Named>): Promise<string[]> {
  given.length = 0;
  const { children } = (slot({ name: "Mira" }) as VNode<{ children: ComponentChildren }>).props;
  for (const each of toChildArray(children)) {
    const { type, props } = each as VNode<Named>;
    (type as FunctionComponent<Named>)(props);
  }
  return [...given];
}

describe("a slot", () => {
  it("shows what was loaded for it, as long as it is used", async () => {
    const slot = slotFor<Named>();
    let isUsed = true;
    into(slot, async () => filling("hours of")).put(plain, () => isUsed);
    into(slot, async () => filling("tags of")).put(plain, () => true);
    expect(await drawn(slot)).toEqual([]);
    await slot.load();
    expect(await drawn(slot)).toEqual(["hours of Mira", "tags of Mira"]);
    isUsed = false;
    expect(await drawn(slot)).toEqual(["tags of Mira"]);
  });

  it("does not load where its page would be incomplete", async () => {
    const slot = slotFor<Named>();
    into(slot, () => Promise.reject(new Error("offline"))).put(plain, () => true);
    await expect(slot.load()).rejects.toThrow("offline");
  });
});
