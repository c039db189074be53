/** Two letters for a person without a picture. */
export function initials(name: string): string {
  const words = name.replace(/@.*/, "").split(/[\s._-]+/).filter(Boolean);
  const letters = words.length > 1 ? [words[0]![0], words[words.length - 1]![0]] : [...(words[0] ?? "?")].slice(0, 2);
  return letters.join("").toUpperCase();
}

/** `DD 54 2A 83`: how a tag's number is easiest to compare with the print on it. */
export const spacedUid = (uid: string): string => uid.replace(/(..)(?=.)/g, "$1 ");

/** What is typed of a tag's number, as it is stored; null where it cannot be of one. */
export function uidPart(text: string): string | null {
  const part = text.replace(/[\s:.-]/g, "").toUpperCase();
  return /^[0-9A-F]+$/.test(part) ? part : null;
}

/** The text of a file: UTF-8, else what spreadsheets on Windows write in Western Europe. */
export function decodeText(bytes: ArrayBuffer): string {
  try {
    return new TextDecoder("utf-8", { fatal: true }).decode(bytes);
  } catch {
    return new TextDecoder("windows-1252").decode(bytes);
  }
}

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
