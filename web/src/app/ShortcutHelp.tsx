import { t } from "./words";
import { isHelpOpen } from "./open";
import { shownNav } from "./nav";
import { Dialog } from "../ui/Dialog";
import "./frame.css";

export function ShortcutHelp() {
  const others: [string[], string][] = [
    [["/"], t("help.search")],
    [["?"], t("help.help")],
    [["n"], t("help.new")],
    [["a"], t("help.acknowledge")],
    [["j", "k"], t("help.nextRow")],
    [["←", "→"], t("help.move")],
    [["Esc"], t("help.close")],
  ];
  return (
    <Dialog title={t("help.title")} onClose={() => (isHelpOpen.value = false)}>
      <div class="shortcuts">
        <table>
          <caption class="visually-hidden">{t("help.goTo")}</caption>
          <tbody>
            {shownNav().map(({ key, title }) => (
              <tr key={key}>
                <th scope="row">{t(title)}</th>
                <td>
                  <kbd>g</kbd> <kbd>{key}</kbd>
                </td>
              </tr>
            ))}
          </tbody>
        </table>
        <table>
          <caption class="visually-hidden">{t("help.title")}</caption>
          <tbody>
            {others.map(([keys, what]) => (
              <tr key={what}>
                <th scope="row">{what}</th>
                <td>
                  {keys.map((key) => (
                    <>
                      <kbd key={key}>{key}</kbd>{" "}
                    </>
                  ))}
                </td>
              </tr>
            ))}
          </tbody>
        </table>
      </div>
    </Dialog>
  );
}
