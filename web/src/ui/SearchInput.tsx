import { Search } from "lucide-preact";
import { useEffect, useState } from "preact/hooks";
import { Icon } from "./Icon";

/** Filters a list; waits for a pause in typing. */
export function SearchInput({ label, onValue }: { label: string; onValue: (text: string) => void }) {
  const [text, setText] = useState("");
  useEffect(() => {
    const wait = setTimeout(() => onValue(text), 200);
    return () => clearTimeout(wait);
  }, [text]);
  return (
    <div class="search-input">
      <Icon of={Search} />
      <input
        class="input"
        type="search"
        aria-label={label}
        placeholder={label}
        value={text}
        onInput={(event) => setText(event.currentTarget.value)}
      />
    </div>
  );
}
