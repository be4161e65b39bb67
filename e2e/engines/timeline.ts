import type { Tab } from './engine.ts';

/** The texts of the messages that the open conversation has drawn, oldest first. */
export function bodiesOf(tab: Tab): Promise<string[]> {
  return tab.run(() =>
    [...document.querySelectorAll('[role="log"] article [id$="-text"]')].map(
      (bubble) => bubble.textContent?.trim() ?? '',
    ),
  );
}

/** How far the message with this text has come; empty when it is not drawn. */
export function statusOf(tab: Tab, text: string): Promise<string> {
  return tab.run(
    (text) =>
      [...document.querySelectorAll<HTMLElement>('[role="log"] article')].find((article) =>
        article.textContent?.includes(text),
      )?.dataset.status ?? '',
    text,
  );
}

/** What stands in the field that has the focus. */
export function focusedText(tab: Tab): Promise<string | undefined> {
  return tab.run(() => (document.activeElement as HTMLTextAreaElement | null)?.value);
}

/** The places of the messages that can be seen, whole or in part, oldest first. */
export function visibleSeqs(tab: Tab): Promise<number[]> {
  return tab.run(() => {
    const frame = document.querySelector('[role="log"]')?.getBoundingClientRect();
    if (!frame) return [];
    return [...document.querySelectorAll<HTMLElement>('[role="log"] article[data-seq]')]
      .filter((article) => {
        const { top, bottom } = article.getBoundingClientRect();
        return bottom > frame.top && top < frame.bottom;
      })
      .map((article) => Number(article.dataset.seq));
  });
}

/**
 * Scrolls by so many pixels, waits until the message in the middle is drawn, and watches it for 20 frames.
 * Returns how far it moved by itself (pixels).
 */
export function scrollAndWatch(tab: Tab, by: number): Promise<number> {
  return tab.run(async (by) => {
    const scroller = document.querySelector('[role="log"]') as HTMLElement;
    const nextFrame = () => new Promise(requestAnimationFrame);
    scroller.scrollTop += by;
    await nextFrame();
    await nextFrame();
    const frame = scroller.getBoundingClientRect();
    const anchor = [...scroller.querySelectorAll<HTMLElement>('article[data-seq]')].find(
      (article) => article.getBoundingClientRect().bottom > frame.top + frame.height / 2,
    );
    const start = anchor?.getBoundingClientRect().top ?? 0;
    let moved = 0;
    for (let count = 0; count < 20; count++) {
      await nextFrame();
      const now = scroller.querySelector(`article[data-seq="${anchor?.dataset.seq}"]`);
      moved = Math.max(moved, Math.abs((now?.getBoundingClientRect().top ?? 9999) - start));
    }
    return moved;
  }, by);
}
