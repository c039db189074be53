import { CircleCheck, CircleOff, CirclePause, Hourglass, type LucideIcon } from "lucide-preact";
import { deviceState, type Device, type DeviceState } from "./data/devices";
import { t } from "./words";
import { nowSlow } from "../../platform/clock";
import { State, type Meaning } from "../../ui/State";

const LOOKS: Record<DeviceState, { meaning: Meaning; icon: LucideIcon }> = {
  working: { meaning: "running", icon: CircleCheck },
  silent: { meaning: "attention", icon: CirclePause },
  never: { meaning: "calm", icon: Hourglass },
  off: { meaning: "calm", icon: CircleOff },
};

export function DeviceStateWords({ device }: { device: Pick<Device, "is_active" | "last_seen_at"> }) {
  const state = deviceState(device, nowSlow.value);
  return <State {...LOOKS[state]}>{t(`devices.state.${state}`)}</State>;
}
