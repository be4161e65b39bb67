export {
  useChat,
  useConnection,
  useConversation,
  useConversationList,
  useDraft,
  useEntry,
  useTotalUnread,
  useWaitingCount,
} from './hooks.ts';
export { ChatProvider } from './provider.tsx';
export type {
  ConversationSeed,
  ConversationView,
  PartnerPresence,
  TimelineMessage,
} from './types.ts';
