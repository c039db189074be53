import { signOut } from "./auth";
import { dropInvitation } from "./invitation-token";

/** Ends this browser's session and starts from a clean page: nothing read stays in memory. */
export async function signOutHere(): Promise<void> {
  dropInvitation();
  try {
    await signOut();
  } finally {
    localStorage.removeItem("gatebook-session");
    location.assign("/sign-in");
  }
}
