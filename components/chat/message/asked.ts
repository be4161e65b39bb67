/** How a menu was asked for: it opens beside a pointer, around what a finger holds, with a first item for keys. */
export type MenuWay = 'mouse' | 'touch' | 'keys';

/** What a person asks of a message; components/chat/acting answers. */
export type Asked =
  /** Its menu, at `at` (pixels of the screen) or beside `anchor`; `key` is its item's. */
  | { what: 'menu' | 'react'; key: string; anchor: HTMLElement; by: MenuWay; at?: { x: number; y: number } }
  | { what: 'details'; seq: number }
  /** A pinned message, to go there; or the list of all. */
  | { what: 'pin'; seq: number }
  | { what: 'pins' }
  /** The message that the one at `fromSeq` answers; 0 is one that is not sent yet. */
  | { what: 'quote'; seq: number; fromSeq: number };
