import { render } from "preact";
import { App } from "./App";
import { CannotStart } from "./CannotStart";
import { connect, isKnown } from "../platform/client";
import { takeLinkTokens } from "../platform/auth";
import { keepInvitation } from "../platform/invitation-token";
import { watchFocus } from "../platform/query";
import { watchMemberships, watchSession } from "../platform/session";
import { preferredLocale, setLocale } from "../platform/i18n";
import { startClock } from "../platform/clock";
import { watchOnline } from "../platform/online";
import { AuthPages } from "./gate";
import { preloadFirstPage } from "./routes";
import { words } from "./words";

// First of all: no token stays in the address.
let linkTokens = takeLinkTokens();
const invitation = location.pathname === "/invite" ? linkTokens?.get("token") : null;
if (invitation) {
  keepInvitation(invitation);
  linkTokens = null;
}
const root = document.getElementById("app")!;

async function start(): Promise<void> {
  // At once, since all of it is asked for in this language.
  const spoken = setLocale(preferredLocale());
  if (isKnown()) preloadFirstPage();
  else void AuthPages.preload().then(preloadFirstPage);
  await Promise.all([connect(), spoken, words.load()]);
  watchSession();
  watchMemberships();
  watchOnline();
  watchFocus();
  startClock();
  root.replaceChildren();
  render(<App linkTokens={linkTokens} />, root);
}

start().catch((error: unknown) => {
  console.error(error);
  root.replaceChildren();
  render(<CannotStart />, root);
});
