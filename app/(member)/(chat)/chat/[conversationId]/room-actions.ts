import type { RoomActions } from '#components/chat/room-actions.ts';
import { readOwnMessageDetails, setConversationMuted, setPartnerBlocked } from './actions.ts';

/** What an open room may ask of the server. */
export const roomActions: RoomActions = {
  setBlocked: setPartnerBlocked,
  setMuted: setConversationMuted,
  readDetails: readOwnMessageDetails,
};
