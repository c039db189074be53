/** The navigation, made from what the features say of themselves. */
import type { NavItem } from "../platform/feature";
import { may, uses, type Capability } from "../platform/session";
import { FEATURES } from "./features";

const NAV: (NavItem & { capability: Capability | null })[] = FEATURES.flatMap(({ capability, nav }) =>
  nav.map((item) => ({ ...item, capability })),
);

/** What of the navigation one has to do with: one's role allows it, and the organization uses it. */
export const shownNav = (): NavItem[] => NAV.filter(({ capability, minimum }) => may(minimum) && uses(capability));
