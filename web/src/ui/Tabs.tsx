interface TabsProps {
  label: string;
  current: string;
  tabs: { id: string; href: string; title: string; count?: number | undefined }[];
}

/** Parts of one page, each with its own address. */
export function Tabs({ label, current, tabs }: TabsProps) {
  return (
    <nav class="tabs" aria-label={label}>
      {tabs.map((tab) => (
        <a key={tab.id} class="tab" href={tab.href} aria-current={tab.id === current ? "page" : undefined}>
          {tab.title}
          {tab.count ? <span class="count">{tab.count}</span> : null}
        </a>
      ))}
    </nav>
  );
}
