const LENGTH = 60;

/** A query as a heading repeats it: a pasted page of text would fill the screen. */
export function shortenQuery(query: string): string {
  const characters = [...query.trim()];
  return characters.length > LENGTH ? `${characters.slice(0, LENGTH).join('')}…` : characters.join('');
}
