export {
  useChat,
  useConnection,
  useConversation,
  useConversationList,
  useDraft,
  useEntry,
  useQuote,
  useRowSigns,
  useTotalUnread,
  useUnsentCounter,
  useWaitingCount,
} from './hooks.ts';
export { ChatProvider } from './provider.tsx';
export { isEditable } from './state/is-editable.ts';
export type { ChatActions, ConversationSeed, Notice, PartnerPresence } from './types.ts';
export type { ConversationView } from './views/view.ts';
