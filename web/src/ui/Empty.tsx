import type { ComponentChildren } from "preact";
import { Picture, type PictureName } from "./Picture";

interface EmptyProps {
  picture: PictureName;
  title: string;
  children?: ComponentChildren;
  action?: ComponentChildren;
}

/** An empty screen teaches: a picture, a sentence, one button. */
export function Empty({ picture, title, children, action }: EmptyProps) {
  return (
    <div class="empty">
      <Picture name={picture} />
      <h2>{title}</h2>
      {children && <p>{children}</p>}
      {action}
    </div>
  );
}
