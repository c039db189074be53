/** What stands in place of the frame until somebody is signed in and belongs somewhere. */
import { h } from "preact";
import { page as tenancy, screens } from "../features/tenancy/page";
import type { Problem } from "../platform/problems";
import { Booting } from "./Booting";
import { later, withWords } from "./later";

const load = withWords(tenancy.words);
const waiting = () => h(Booting, { problem: undefined });

export const AuthPages = later<{ problem?: Problem | undefined }>(load(screens.auth), waiting);
export const InvitationPage = later<{ token: string }>(load(screens.invitation), waiting);
export const NewPasswordPage = later(load(screens.newPassword), waiting);
export const WelcomePage = later(load(screens.welcome), waiting);
