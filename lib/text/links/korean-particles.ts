/**
 * Endings that Korean writes onto the word before them without a space: particles, and the forms of
 * 이다 and of quoting that follow a noun. Longest first is not needed; the whole run must match.
 */
const HEADS = [
  '은|는|이|가|을|를|에|의|께|로|으로|와|과|랑|이랑|도|만|나|이나|든|이든|든지|이든지|며|이며|고|이고',
  '에서|에게|에게서|한테|한테서|께서|께선|에선|에는|에도|로서|으로서|로써|으로써|로는|으로는|로도|으로도',
  '까지|부터|마다|조차|마저|밖에|뿐|처럼|같이|보다|대로|하고|이라도|라도|이란|란|쪽|쯤|들',
  '라고|이라고|라는|이라는|라며|이라며|라면|이라면|라서|이라서|라니|이라니',
  '다|이다|야|이야|요|이요|죠|이죠|지|이지|지요|이지요|지만|이지만|니까|이니까|네|이네|네요|이네요',
  '예요|이예요|에요|이에요|입니다|입니까|였어요|이었어요|였습니다|이었습니다|아니에요|아닙니다',
  '인데|인데요|인가|인가요|인지|인지요|인지는|일까|일까요|거든요|이거든요|임|인',
].join('|');

const TAILS =
  '은|는|이|가|을|를|의|도|만|나|로|요|만요|까지|부터|라도|이라도|인데|인데요|입니다|이에요|예요|라고';

const PARTICLE = new RegExp(`^(?:${HEADS})(?:${TAILS})?$`);

/** True when the whole run of Hangul reads as an ending, such as `에서는`. */
export function isKoreanParticle(run: string): boolean {
  return PARTICLE.test(run);
}
