/** What Gatebook can do, a line each; their order is that of the navigation. */
import type { Feature } from "../platform/feature";
import { page as alerts } from "../features/alerts/page";
import { page as audit } from "../features/audit/page";
import { page as book } from "../features/book/page";
import { page as devices } from "../features/devices/page";
import { page as tags } from "../features/tags/page";
import { page as taps } from "../features/taps/page";
import { page as tenancy } from "../features/tenancy/page";
import { page as time } from "../features/time/page";

export const FEATURES: readonly Feature[] = [time, devices, taps, alerts, tags, book, tenancy, audit];
