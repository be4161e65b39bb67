/** The id of the conversation in a path; null for every other page. */
export function parseConversationId(pathname: string): string | null {
  const id = /^\/chat\/([^/]+)\/?$/.exec(pathname)?.[1];
  return id === undefined || id === 'new' ? null : id;
}

/** True for the list and for conversations, which one page renders. */
export function isConversationPage(path: string): boolean {
  return path === '/chat' || parseConversationId(path.split('?')[0] ?? '') !== null;
}
