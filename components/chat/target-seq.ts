/** The message that `?m=SEQ` asks for; null when it asks for none or for nonsense. */
export function parseTargetSeq(wish: string | string[] | null | undefined): number | null {
  return typeof wish === 'string' && /^[1-9]\d{0,8}$/.test(wish) ? Number(wish) : null;
}
