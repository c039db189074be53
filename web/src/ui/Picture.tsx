import type { ComponentChildren } from "preact";

export type PictureName = "reader" | "tag" | "calendar" | "bell" | "people" | "place" | "book" | "chart" | "search";

const SHAPES: Record<PictureName, ComponentChildren> = {
  reader: (
    <>
      <rect x="34" y="30" width="52" height="46" rx="7" />
      <path d="M44 66h32M52 20a14 14 0 0 1 16 0M46 11a26 26 0 0 1 28 0" />
      <rect class="ink" x="46" y="40" width="28" height="17" rx="3" />
    </>
  ),
  tag: (
    <>
      <rect x="26" y="24" width="68" height="44" rx="7" />
      <circle cx="38" cy="46" r="4" />
      <path class="ink" d="M54 38a12 12 0 0 1 0 16M63 33a20 20 0 0 1 0 26M72 28a28 28 0 0 1 0 36" />
    </>
  ),
  calendar: (
    <>
      <rect x="22" y="18" width="76" height="58" rx="7" />
      <path d="M22 34h76M42 11v12M78 11v12" />
      <rect class="ink" x="34" y="43" width="30" height="8" rx="2" />
      <rect x="52" y="58" width="34" height="8" rx="2" />
    </>
  ),
  bell: (
    <>
      <path d="M38 62V42a22 22 0 0 1 44 0v20l7 8H31Z" />
      <path d="M52 76a8 8 0 0 0 16 0M60 20v-6" />
      <path class="ink" d="m50 47 7 7 13-14" />
    </>
  ),
  people: (
    <>
      <circle cx="46" cy="34" r="12" />
      <path d="M22 74a24 24 0 0 1 48 0" />
      <circle class="ink" cx="78" cy="40" r="9" />
      <path class="ink" d="M78 56a19 19 0 0 1 20 18" />
    </>
  ),
  place: (
    <>
      <path d="M28 76V20a4 4 0 0 1 4-4h34a4 4 0 0 1 4 4v56M16 76h88" />
      <circle cx="60" cy="48" r="2" />
      <path class="ink" d="M70 28h14a4 4 0 0 1 4 4v44" />
    </>
  ),
  book: (
    <>
      <path d="M60 24c-9-7-22-9-36-8v52c14-1 27 1 36 8 9-7 22-9 36-8V16c-14-1-27 1-36 8Zm0 0v52" />
      <path class="ink" d="M34 30c5 0 10 1 15 3M34 42c5 0 10 1 15 3" />
    </>
  ),
  chart: (
    <>
      <path d="M22 14v62h78" />
      <path d="M36 76V52h12v24M58 76V34h12v42" />
      <path class="ink" d="M80 76V44h12v32" />
    </>
  ),
  search: (
    <>
      <circle cx="54" cy="40" r="22" />
      <path class="ink" d="m70 57 18 18" />
    </>
  ),
};

/** Line drawings in the page's own ink. */
export function Picture({ name }: { name: PictureName }) {
  return (
    <svg class="picture" viewBox="0 0 120 88" aria-hidden="true">
      {SHAPES[name]}
    </svg>
  );
}
