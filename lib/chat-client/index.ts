export {
  useChat,
  useConnection,
  useConversation,
  useConversationList,
  useDraft,
  useEntry,
  useRowSigns,
  useTotalUnread,
  useUnsentCounter,
  useWaitingCount,
} from './hooks.ts';
export { ChatProvider } from './provider.tsx';
export type { ChatActions, ConversationSeed, PartnerPresence } from './types.ts';
export type { ConversationView } from './views/view.ts';
