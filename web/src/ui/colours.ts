/** What a new project may look like: apart from each other on both themes. */
export const PROJECT_COLOURS = [
  "#3b6fd6",
  "#0f8a8a",
  "#3d8b40",
  "#8a8f1c",
  "#c27a0e",
  "#cf5b2e",
  "#c2417c",
  "#8b53c6",
  "#5b6b7d",
  "#8a5a3c",
] as const;

export const NO_PROJECT_COLOUR = "#8a8378";

/** `#rrggbb` only: anything else would be a way to write into a style. */
export function safeColour(colour: string | null | undefined): string {
  return colour && /^#[0-9a-f]{6}$/i.test(colour) ? colour : NO_PROJECT_COLOUR;
}

/** Black or white, whichever is easier to read on the colour. */
export function textOn(colour: string): "#ffffff" | "#14120f" {
  const part = (from: number) => {
    const value = parseInt(safeColour(colour).slice(from, from + 2), 16) / 255;
    return value <= 0.04045 ? value / 12.92 : ((value + 0.055) / 1.055) ** 2.4;
  };
  const luminance = 0.2126 * part(1) + 0.7152 * part(3) + 0.0722 * part(5);
  return 1.05 / (luminance + 0.05) >= (luminance + 0.05) / 0.056 ? "#ffffff" : "#14120f";
}
