import { useEffect } from "react";
import { countIn } from "../live/selectors";
import { useLive } from "../live/useLive";
import { useConsole } from "../session/consoleContext";

/** Names the tab, with the number of those who wait in front. */
export function useDocumentTitle(page: string): void {
  const { me } = useConsole();
  const waiting = countIn(useLive(), "waiting", me.id);
  useEffect(() => {
    document.title = `${waiting > 0 ? `(${waiting}) ` : ""}${page} · ${me.company.name}`;
  }, [waiting, page, me.company.name]);
}
