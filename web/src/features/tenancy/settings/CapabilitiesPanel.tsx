import { useState } from "preact/hooks";
import { asProblem, type Problem } from "../../../platform/problems";
import { CAPABILITIES, may, setCapabilities, type Capability, type Organization } from "../../../platform/session";
import { ProblemNotice } from "../../../ui/ProblemNotice";
import { toastUndoSimple } from "../../../ui/undo";
import { t } from "../words";

/** What the organization uses: an admin's switches. */
export function CapabilitiesPanel({ organization }: { organization: Organization }) {
  const { id, capabilities: before } = organization;
  const [problem, setProblem] = useState<Problem>();
  const [isBusy, setBusy] = useState(false);
  const toggle = (capability: Capability) => {
    const after = before.includes(capability)
      ? before.filter((used) => used !== capability)
      : [...before, capability];
    setBusy(true);
    setCapabilities(id, after)
      .then(
        () => toastUndoSimple(t("settings.saved"), () => setCapabilities(id, before)),
        (error: unknown) => setProblem(asProblem(error)),
      )
      .finally(() => setBusy(false));
  };
  return (
    <section class="panel" aria-labelledby="capabilities-title">
      <div class="panel-head">
        <h2 id="capabilities-title">{t("settings.capabilities")}</h2>
      </div>
      <fieldset class="panel-body stack" disabled={!may("admin") || !organization.is_active || isBusy}>
        <p class="soft">{t("settings.capabilitiesLead")}</p>
        {CAPABILITIES.map((capability) => (
          <label class="check" key={capability}>
            <input
              type="checkbox"
              role="switch"
              checked={before.includes(capability)}
              onChange={() => toggle(capability)}
            />
            {t(`settings.capability.${capability}`)}
          </label>
        ))}
        <ProblemNotice problem={problem} />
      </fieldset>
    </section>
  );
}
