/** Sends what a reader would send, to the address a reader would use. */
import { config } from "../../../platform/client";
import { createKey, revokeKey } from "./keys";

export interface TestTap {
  url: string;
  status: number;
  milliseconds: number;
  body: {
    data?: {
      event_id?: number;
      duplicate?: boolean;
      time_entry?: { id: string; change: string } | null;
    };
    detail?: string;
  } | null;
}

export const webhookUrl = (): string => `${config().gatebookUrl}/api/webhook/device-event`;

/** Null: nothing answered. */
export async function sendTap(key: string, event: Record<string, unknown>): Promise<TestTap | null> {
  const url = webhookUrl();
  const before = performance.now();
  try {
    const response = await fetch(url, {
      method: "POST",
      headers: { "Content-Type": "application/json", "X-API-Key": key },
      body: JSON.stringify(event),
      credentials: "omit",
    });
    const milliseconds = Math.round(performance.now() - before);
    const body = (await response.json().catch(() => null)) as TestTap["body"];
    return { url, status: response.status, milliseconds, body };
  } catch {
    return null;
  }
}

const TEST_KEY_MINUTES = 10;

/** Sends with a key made for it, which ends with it. */
export async function sendTapWithOwnKey(
  deviceId: string,
  keyName: string,
  event: Record<string, unknown>,
): Promise<TestTap | null> {
  const expiresAt = new Date(Date.now() + TEST_KEY_MINUTES * 60_000).toISOString();
  const made = await createKey(deviceId, "header", keyName, expiresAt);
  try {
    return await sendTap(made.key, event);
  } finally {
    await revokeKey(made.id);
  }
}
