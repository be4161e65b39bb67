/** What the product does in a browser. Each takes a `Place` and returns plain numbers. */
export { type Heap, measureHeap } from './heap.ts';
export type { Response } from './interactions.ts';
export { measureOpen, type OpenTimes } from './open.ts';
export { measurePeerPaint, type PeerPaint } from './peer.ts';
export { measureBusyRoom, measureScrolling } from './respond.ts';
