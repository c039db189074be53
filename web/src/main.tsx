import { render } from "preact";
import { App } from "./app";
import { CannotStart } from "./components/CannotStart";
import { connect } from "./data/client";
import { takeLinkTokens } from "./data/auth";
import { keepInvitation } from "./data/invitation-token";
import { watchFocus } from "./data/query";
import { watchMemberships, watchSession } from "./data/session";
import { preferredLocale, setLocale } from "./i18n";
import { startClock } from "./lib/clock";
import { watchOnline } from "./lib/online";
import { preloadFirstPage } from "./routes";

// First of all: no token stays in the address.
let linkTokens = takeLinkTokens();
const invitation = location.pathname === "/invite" ? linkTokens?.get("token") : null;
if (invitation) {
  keepInvitation(invitation);
  linkTokens = null;
}
const root = document.getElementById("app")!;

async function start(): Promise<void> {
  preloadFirstPage();
  await Promise.all([connect(), setLocale(preferredLocale())]);
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
