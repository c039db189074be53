/** What other features show in the settings and on a person's own profile. */
import { slotFor } from "../../platform/slots";

export const settingsPanels = slotFor<object>();
export const profilePanels = slotFor<object>();
