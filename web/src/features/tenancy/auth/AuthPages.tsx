import { useLocation } from "preact-iso";
import type { Problem } from "../../../platform/problems";
import { ForgotPasswordPage } from "./ForgotPasswordPage";
import { SignInPage } from "./SignInPage";
import { SignUpPage } from "./SignUpPage";

/** Whoever is not signed in; a deep link keeps its address and opens after signing in. */
export function AuthPages({ problem }: { problem?: Problem | undefined }) {
  const { path } = useLocation();
  if (path === "/sign-up") return <SignUpPage />;
  if (path === "/forgot-password") return <ForgotPasswordPage />;
  return <SignInPage linkProblem={problem} />;
}
