/** Two letters for a person without a picture. */
export function initials(name: string): string {
  const words = name.replace(/@.*/, "").split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0]![0], words[words.length - 1]![0]] : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** `DD 54 2A 83`: how a tag's number is easiest to compare with the print on it. */
export const spacedUid = (uid: string): string => uid.replace(/(..)(?=.)/g, "$1 ");

/** For `ilike` in a PostgREST filter: the person's own `%` and `_` mean themselves. */
export const likePattern = (text: string): string => `%${text.trim().replace(/[\\%_]/g, "\\$&")}%`;

/** Saves a text as a file, from the page's memory. */
export function download(name: string, type: string, text: string): void {
  const link = document.createElement("a");
  link.href = URL.createObjectURL(new Blob([text], { type }));
  link.download = name;
  link.click();
  setTimeout(() => URL.revokeObjectURL(link.href), 10_000);
}
