import type { RefObject } from 'react';
import type { TypedShortcode } from '#lib/text/emoji/shortcode.ts';

/** One emoji that a shortcode may become. */
export type Offer = { char: string; name: string; code: string };

/** The list that is open, and the entry that Enter takes. */
export type OpenShortcode = TypedShortcode & { listId: string; offers: Offer[]; active: number };

export type Box = RefObject<HTMLTextAreaElement | null>;

/** The open list as listeners see it, and what changes it. */
export type Shown = { shown: RefObject<OpenShortcode | null>; show: (next: OpenShortcode | null) => void };
