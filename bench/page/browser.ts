/** What the product does in a browser. Each takes a `Place` and returns plain numbers. */
export { measureHeap } from './heap.ts';
export type { Response } from './interactions.ts';
export { measureOpen } from './open.ts';
export { measurePartnerPaint } from './partner.ts';
export { measureBusyConversation, measureScrolling } from './respond.ts';
