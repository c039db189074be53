import type { Problem } from "../platform/problems";
import { readMemberships } from "../platform/session";
import { ProblemNotice } from "../ui/ProblemNotice";
import "./frame.css";

/** The shape of the page until it is known what to show. */
export function Booting({ problem }: { problem?: Problem | undefined }) {
  return (
    <div class="boot">
      <div class="boot-rail" />
      <div class="boot-main">
        <ProblemNotice problem={problem} retry={() => void readMemberships()} />
        <div class="skeleton skeleton-title" />
        <div class="skeleton skeleton-block" />
        <div class="skeleton skeleton-block" />
      </div>
    </div>
  );
}
