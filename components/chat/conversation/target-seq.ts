import { parseConversationId } from './conversation-id.ts';

/** The message that `?m=SEQ` asks for; null when it asks for none or for nonsense. */
export function parseTargetSeq(wish: string | string[] | null | undefined): number | null {
  return typeof wish === 'string' && /^[1-9]\d{0,8}$/.test(wish) ? Number(wish) : null;
}

/** Takes the message out of the address once it is shown: a reload then opens the conversation, not the past. */
export function forgetTargetSeq(conversationId: string, seq: number): void {
  const url = new URL(window.location.href);
  // Another conversation or another wish by now.
  if (parseConversationId(url.pathname) !== conversationId) return;
  if (parseTargetSeq(url.searchParams.get('m')) !== seq) return;
  url.searchParams.delete('m');
  window.history.replaceState(null, '', url);
}
