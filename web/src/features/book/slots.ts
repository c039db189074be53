/** What other features show of a person or a project on the pages of the book. */
import { slotFor } from "../../platform/slots";

interface OfPerson {
  personId: string;
}

interface OfProject {
  projectId: string;
}

/** Whether a person is in; `chip` beside the title. */
export const personNow = slotFor<OfPerson & { chip?: boolean }>();
/** Lines about a person, as `dt` and `dd`. */
export const personHours = slotFor<OfPerson>();
/** Panels beneath a person's details. */
export const personThings = slotFor<OfPerson>();
/** Panels for whoever looks after this person. */
export const personLinks = slotFor<OfPerson & { isOwn: boolean }>();
/** Sections beneath all panels. */
export const personEntries = slotFor<OfPerson>();
export const projectEntries = slotFor<OfProject>();
/** In a line of the projects: how much of it there was this week. */
export const projectWeek = slotFor<OfProject>();
