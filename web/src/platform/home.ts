/** An address does not say which organization it is of; what it leads to does. */
import { useEffect } from "preact/hooks";
import { chooseOrganization, memberships, organizationId } from "./session";

export interface Owned {
  organization_id: string;
}

/** Goes to the organization of what an address led to, where one is a member of it. */
export function useHomeOf(found: Owned | undefined): void {
  const id = found?.organization_id;
  useEffect(() => {
    if (!id || id === organizationId.peek()) return;
    if (memberships.peek()?.some(({ organization }) => organization.id === id)) chooseOrganization(id);
  }, [id]);
}
