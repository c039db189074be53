import { db, done, unwrap } from "./client";
import { invalidate, useQuery } from "./query";
import { organizationId } from "./session";

export interface PairingRules {
  merge_gap_seconds: number;
  debounce_seconds: number;
  max_entry_hours: number;
}

/** What counts where nobody set anything (DESIGN: from events to time entries). */
export const DEFAULT_RULES: PairingRules = { merge_gap_seconds: 10, debounce_seconds: 60, max_entry_hours: 12 };

export function usePairingRules() {
  return useQuery<PairingRules>(`settings:${organizationId.value}`, async () => {
    const rows = await unwrap(
      db()
        .from("pairing_settings")
        .select("merge_gap_seconds, debounce_seconds, max_entry_hours")
        .eq("organization_id", organizationId.peek())
        .is("device_id", null)
        .order("valid_from", { ascending: false })
        .limit(1),
    );
    const found = rows[0];
    return {
      merge_gap_seconds: found?.merge_gap_seconds ?? DEFAULT_RULES.merge_gap_seconds,
      debounce_seconds: found?.debounce_seconds ?? DEFAULT_RULES.debounce_seconds,
      max_entry_hours: found?.max_entry_hours ?? DEFAULT_RULES.max_entry_hours,
    };
  });
}

export async function savePairingRules(rules: PairingRules): Promise<void> {
  await done(db().rpc("set_pairing_settings", { organization_id: organizationId.peek(), ...rules }));
  invalidate("settings:");
}
