/** What a try to log in comes to. */
export type LoginOutcome = { kind: 'ok'; userId: string; username: string; sessionId: string } | LoginStop;

/**
 * Why there is no session yet: `refused`, for a while where there were too many tries, or a `challenge`, which asks for
 * one more proof. By `mail` it is a link that lets in, sent if the password was right; until `retryAfterMs` is over
 * there is no other way.
 */
export type LoginStop =
  | { kind: 'refused'; retryAfterMs?: number }
  | { kind: 'challenge'; by: 'mail'; retryAfterMs?: number };
