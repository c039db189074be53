/** An invitation's token waits here, out of the address, until its bearer has signed in. */
import { signal } from "@preact/signals";

const KEY = "gatebook-invitation";

export const pendingInvitation = signal<string | null>(localStorage.getItem(KEY));

export function keepInvitation(token: string): void {
  localStorage.setItem(KEY, token);
  pendingInvitation.value = token;
}

export function dropInvitation(): void {
  localStorage.removeItem(KEY);
  pendingInvitation.value = null;
}
