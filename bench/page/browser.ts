/** What the product does in a browser. Each takes a `Place` and returns plain numbers. */
export { measureHeap } from './heap.ts';
export type { Response } from './interactions.ts';
export { measureOpen } from './open.ts';
export { measurePeerPaint } from './peer.ts';
export { measureBusyRoom, measureScrolling } from './respond.ts';
