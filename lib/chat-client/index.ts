export {
  useChat,
  useConnection,
  useConversation,
  useConversationList,
  useDraft,
  useTotalUnread,
  useWaitingCount,
} from './hooks.ts';
export { ChatProvider } from './provider.tsx';
export type {
  ChatActions,
  ConnectionStatus,
  ConversationSeed,
  ConversationView,
  MessageStatus,
  PartnerPresence,
  TimelineMessage,
  Viewer,
} from './types.ts';
