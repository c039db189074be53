import { LocationProvider } from "preact-iso";
import { useEffect, useState } from "preact/hooks";
import { Frame } from "./Frame";
import { SignInAgain } from "./SignInAgain";
import { toast, Toasts } from "../ui/Toasts";
import { isRecovering, signInByLink } from "../platform/auth";
import { pendingInvitation } from "../platform/invitation-token";
import { isExpired } from "../platform/expiry";
import { asProblem, type Problem } from "../platform/problems";
import { memberships, membershipsProblem, readMemberships, session } from "../platform/session";
import { problemWords } from "../platform/i18n/problems";
import { AuthPages, InvitationPage, NewPasswordPage, WelcomePage } from "./gate";
import { Booting } from "./Booting";

/** What a person sees first: the gate, the first organization, or the page itself. */
export function App({ linkTokens }: { linkTokens: URLSearchParams | null }) {
  return (
    <LocationProvider>
      <Content linkTokens={linkTokens} />
      {isExpired.value && <SignInAgain />}
      <Toasts />
    </LocationProvider>
  );
}

function Content({ linkTokens }: { linkTokens: URLSearchParams | null }) {
  const [isLinkPending, setLinkPending] = useState(linkTokens !== null);
  const [linkProblem, setLinkProblem] = useState<Problem>();
  const userId = session.value?.user.id;

  useEffect(() => {
    if (!linkTokens) return;
    signInByLink(linkTokens)
      .catch((error: unknown) => {
        setLinkProblem(asProblem(error));
        // Whoever is signed in already sees no page on which it stands.
        if (session.peek()) toast(problemWords(asProblem(error)));
      })
      .finally(() => setLinkPending(false));
  }, [linkTokens]);

  useEffect(() => {
    if (userId) void readMemberships();
  }, [userId]);

  if (session.value === undefined || isLinkPending) return <Booting />;
  if (!userId) return <AuthPages problem={linkProblem} />;
  if (isRecovering.value) return <NewPasswordPage />;
  if (pendingInvitation.value) return <InvitationPage token={pendingInvitation.value} />;
  if (!memberships.value) return <Booting problem={membershipsProblem.value} />;
  if (memberships.value.length === 0) return <WelcomePage />;
  return <Frame />;
}
