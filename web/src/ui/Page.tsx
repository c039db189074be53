import type { ComponentChildren } from "preact";
import { useEffect, useRef } from "preact/hooks";

interface PageProps {
  title: string;
  /** Beside the title. */
  beside?: ComponentChildren;
  /** The page this one belongs to. */
  parent?: { href: string; title: string };
  actions?: ComponentChildren;
  lead?: ComponentChildren;
  children: ComponentChildren;
}

let isFirst = true;

/** One page, one question; a title that says it. */
export function Page({ title, beside, parent, actions, lead, children }: PageProps) {
  const heading = useRef<HTMLHeadingElement>(null);
  useEffect(() => {
    document.title = `${title} · Gatebook`;
  }, [title]);
  useEffect(() => {
    // A screen reader hears where it is now; on the first load it reads the page from the top anyway.
    if (!isFirst) heading.current?.focus({ preventScroll: true });
    isFirst = false;
  }, []);
  return (
    <div class="page">
      <header class="page-head">
        <div class="page-title">
          <h1 ref={heading} tabIndex={-1}>
            {parent && (
              <span class="crumb">
                <a href={parent.href}>{parent.title}</a> /{" "}
              </span>
            )}
            {title}
          </h1>
          {beside}
        </div>
        {actions && <div class="cluster no-print">{actions}</div>}
      </header>
      {lead && <p class="page-lead">{lead}</p>}
      {children}
    </div>
  );
}
