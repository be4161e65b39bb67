import type { MenuWay } from '../message/asked.ts';

/** A row whose menu a person asks for, and what it opens beside. */
export type AskedRow = { conversationId: string; anchor: HTMLElement; by: MenuWay };
