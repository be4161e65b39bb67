import { makeRandom } from '#db/seed/random.ts';
import { makeTalk } from '#db/seed/talk.ts';

/** The length (bytes of UTF-8) of one message: some 35 syllables. */
const TEXT_BYTES = 100;

/** Korean texts of 100 bytes, cut from what the demo's people say. */
export function makeTexts(seed: number, count: number): string[] {
  const said = makeTalk(makeRandom(seed), count * 12, 'ko').map(({ body }) => body.replaceAll('\n', ' '));
  return Array.from({ length: count }, () => {
    let text = '';
    while (Buffer.byteLength(text) < TEXT_BYTES)
      text += `${text && ' '}${said.pop() ?? '같은 말을 또 하게 되네'}`;
    return cut(text);
  });
}

function cut(text: string): string {
  let length = 0;
  let end = 0;
  for (const character of text) {
    length += Buffer.byteLength(character);
    if (length > TEXT_BYTES) break;
    end += character.length;
  }
  return text.slice(0, end).trim();
}
