/** What a feature tells the frame of itself: its file `page.ts`. */
import type { LucideIcon } from "lucide-preact";
import type { ComponentType, FunctionComponent } from "preact";
import type { CommonId, Words } from "./i18n";
import type { Capability, Role } from "./session";
import type { Filling } from "./slots";

export interface NavItem {
  path: string;
  title: CommonId;
  icon: LucideIcon;
  /** The second key after `g`. */
  key: string;
  group: "time" | "gate" | "book" | "organization";
  minimum: Role;
  /** Has a place in the bar of a phone; the rest is behind More. */
  inBar?: boolean;
  /** How many wait for somebody, with the word for them. A hook. */
  useCount?: () => number;
  countWord?: CommonId;
}

export interface FeaturePage {
  path: string;
  load: () => Promise<FunctionComponent>;
  /** What other features fill on this page. */
  slots?: readonly { load: () => Promise<unknown> }[];
}

/** What a search finds. */
export interface Found {
  id: string;
  name: string;
  href: string;
  icon: LucideIcon;
  /** What it is, in words; without for pages. */
  kind?: string;
}

/** So many of each kind are found. */
export const FOUND_EACH = 6;

/** Finds the first few of one kind whose name holds the text. */
export interface Finder {
  /** Where its finds stand among those of others. */
  rank: number;
  find: (text: string) => Promise<Found[]>;
}

export interface Feature {
  /** What an organization uses or does not; null for what always shows. */
  capability: Capability | null;
  words: Pick<Words<never>, "load">;
  nav: readonly NavItem[];
  pages: readonly FeaturePage[];
  fillings?: readonly Filling[];
  loadFinders?: () => Promise<readonly Finder[]>;
}

/** A dialog or a screen that the frame opens, loaded when it is needed. */
export type Load<Props> = () => Promise<ComponentType<Props>>;
