/** How values are written into PostgREST's filters. */

/** A value inside or=(…) is quoted, or its commas and brackets would be syntax. */
export const quoted = (value: string): string => `"${value.replace(/[\\"]/g, "\\$&")}"`;

/** As quoted, for like and ilike, where the embedded Supabase takes quotes for a part of the pattern. */
export const quotedPattern = (pattern: string): string => (/[,()"]/.test(pattern) ? quoted(pattern) : pattern);
