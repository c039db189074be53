/** The keys with which a device reports. */
import { db, done, nullable, unwrap } from "../../../platform/client";
import { usePages, type Page } from "../../../platform/pages";
import { invalidate, useQuery } from "../../../platform/query";
import { readAll } from "../../../platform/read-all";
import { counting, keyPage } from "../../../platform/paging";
import { quoted } from "../../../platform/postgrest";

export interface DeviceKey {
  id: string;
  kind: "header" | "url";
  name: string | null;
  hint: string;
  created_at: string;
  last_used_at: string | null;
  expires_at: string | null;
  revoked_at: string | null;
}

export const isKeyValid = (key: DeviceKey, now: number): boolean =>
  !key.revoked_at && (!key.expires_at || Date.parse(key.expires_at) > now);

const KEY_COLUMNS = "id, kind, name, hint, created_at, last_used_at, expires_at, revoked_at";

/** The keys that work now: all of them, since each lets somebody report. */
export function useValidKeys(deviceId: string) {
  return useQuery<DeviceKey[]>(
    `devices:keys:${deviceId}`,
    () =>
      readAll(() =>
        db()
          .from("device_keys")
          .select(KEY_COLUMNS)
          .eq("device_id", deviceId)
          .is("revoked_at", null)
          .or(`expires_at.is.null,expires_at.gt.${quoted(new Date().toISOString())}`)
          .order("created_at", { ascending: false })
          .order("id"),
      ) as Promise<DeviceKey[]>,
    { everyMs: 10_000 },
  );
}

/** Revoked or expired keys, the newest first; test taps leave one each. */
export function useOverKeyPages(deviceId: string) {
  return usePages<DeviceKey>(
    `devices:keys-over:${deviceId}`,
    (after) => {
      const query = db()
        .from("device_keys")
        .select(KEY_COLUMNS, counting(after))
        .eq("device_id", deviceId)
        .or(`revoked_at.not.is.null,expires_at.lte.${quoted(new Date().toISOString())}`);
      return keyPage(query, { by: "created_at", newestFirst: true }, after) as Promise<Page<DeviceKey>>;
    },
    { everyMs: 10_000 },
  );
}

/** Shown once; only its hash is kept. */
export type NewKey = {
  id: string;
  key: string;
  kind: "header" | "url";
  hint: string;
};

export async function createKey(
  deviceId: string,
  kind: "header" | "url",
  name: string,
  expiresAt: string | null,
): Promise<NewKey> {
  const made = await unwrap(
    db().rpc("create_device_key", {
      device_id: deviceId,
      kind,
      name: nullable(name.trim()),
      expires_at: nullable(expiresAt),
    }),
  );
  invalidate("devices:keys:");
  return made as NewKey;
}

export async function rotateKey(keyId: string, overlapMinutes: number): Promise<NewKey> {
  const made = await unwrap(
    db().rpc("rotate_device_key", { key_id: keyId, overlap_minutes: overlapMinutes }),
  );
  invalidate("devices:keys:");
  return made as NewKey;
}

export async function revokeKey(keyId: string): Promise<void> {
  await done(db().rpc("revoke_device_key", { key_id: keyId }));
  invalidate("devices:keys:");
}
