import type { ConversationActions } from '#components/chat/conversation/conversation-actions.ts';
import { listPeople, startChat } from '../new/actions.ts';
import { blockPartner, muteConversation, showMessageDetails } from './actions.ts';

/** What an open conversation may ask of the server. */
export const conversationActions: ConversationActions = {
  setBlocked: blockPartner,
  setMuted: muteConversation,
  readDetails: showMessageDetails,
  findPeople: listPeople,
  startChat,
};
