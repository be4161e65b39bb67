/** What takes the focus for a message: its article, or where that is no longer in the page the whole log. */
export function findStop(root: HTMLElement | null, seq: number | undefined): HTMLElement | null {
  return (
    root?.querySelector<HTMLElement>(`article[data-seq="${seq}"]`) ??
    root?.querySelector<HTMLElement>('[role=log]') ??
    null
  );
}
