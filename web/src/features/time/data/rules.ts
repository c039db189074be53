import type { Instant } from "../../../platform/dates";
import { db, unwrap } from "../../../platform/client";
import { invalidate, useQuery } from "../../../platform/query";
import { organizationId } from "../../../platform/session";

export interface PairingRules {
  merge_gap_seconds: number;
  debounce_seconds: number;
  max_entry_hours: number;
}

/** What counts where nobody set anything (DESIGN: from events to time entries). */
export const DEFAULT_RULES: PairingRules = { merge_gap_seconds: 10, debounce_seconds: 60, max_entry_hours: 12 };

export interface HeldRules extends PairingRules {
  /** null: the defaults, which have always held. */
  valid_from: Instant | null;
}

/** The organization's rules, the newest first; the defaults are the oldest. */
export function usePairingRules() {
  return useQuery<HeldRules[]>(`settings:${organizationId.value}`, async () => {
    const rows = await unwrap(
      db()
        .from("pairing_settings")
        .select("valid_from, merge_gap_seconds, debounce_seconds, max_entry_hours")
        .eq("organization_id", organizationId.peek())
        .is("device_id", null)
        .order("valid_from", { ascending: false })
        .limit(20),
    );
    const held = rows.map((row) => ({
      valid_from: row.valid_from,
      merge_gap_seconds: row.merge_gap_seconds ?? DEFAULT_RULES.merge_gap_seconds,
      debounce_seconds: row.debounce_seconds ?? DEFAULT_RULES.debounce_seconds,
      max_entry_hours: row.max_entry_hours ?? DEFAULT_RULES.max_entry_hours,
    }));
    return [...held, { valid_from: null, ...DEFAULT_RULES }];
  });
}

const settingRules = (rules: PairingRules, validFrom: Instant | null) => ({
  organization_id: organizationId.peek(),
  ...rules,
  ...(validFrom && { valid_from: validFrom }),
});

/** How many entries would change if the rules held from an instant of the past on. */
export async function previewPairingRules(rules: PairingRules, validFrom: Instant): Promise<number> {
  const outcome = await unwrap(db().rpc("preview_pairing_settings", settingRules(rules, validFrom)));
  return (outcome as { entries_changed: number }).entries_changed;
}

/** From an instant of the past on, or from now on (null); returns how many entries that changed. */
export async function savePairingRules(rules: PairingRules, validFrom: Instant | null): Promise<number> {
  const saved = await unwrap(db().rpc("set_pairing_settings", settingRules(rules, validFrom)));
  invalidate("settings:", "time:");
  return (saved as { entries_changed: number }).entries_changed;
}
