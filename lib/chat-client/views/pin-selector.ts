import type { Pin } from '#lib/chat/types.ts';
import type { ChatState, ConversationState } from '../state.ts';
import { isShallowEqual } from './is-shallow-equal.ts';

const NONE: readonly Pin[] = [];

/**
 * Makes the function that tells what a conversation's bar of pins shows: the same array as long as it says the same.
 * What the viewer is not shown in the timeline, though both have it, is left out here as well.
 */
export function createPinSelector() {
  let last = NONE;
  return (
    conversation: ConversationState,
    viewerId: string,
    overlay: ChatState['overlay'],
  ): readonly Pin[] => {
    const { pending, window } = conversation;
    const layer = pending.length > 0 ? overlay?.(conversation, viewerId) : undefined;
    const pins = layer?.listPins() ?? window?.pins ?? NONE;
    const isSame =
      pins.length === last.length && pins.every((pin, at) => isShallowEqual(pin, last[at] as Pin));
    if (!isSame) last = pins;
    return last;
  };
}
