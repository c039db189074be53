/** A session that ended by itself: the page stays as it is until the same person is back. */
import { signal } from "@preact/signals";

export const isExpired = signal(false);

const LEFT = "gatebook-left";

/** Said before somebody leaves of their own will, for every tab of the browser. */
export const noteLeaving = (): void => localStorage.setItem(LEFT, "1");
export const forgetLeaving = (): void => localStorage.removeItem(LEFT);
export const hasLeft = (): boolean => localStorage.getItem(LEFT) !== null;

/** What the server would say, without asking it in nobody's name. */
export const signedOutAnswer = (): Response =>
  Response.json({ code: "PGRST301", message: "", details: "", hint: null }, { status: 401 });
