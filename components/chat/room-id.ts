/** The id of the room in a path; null for every other page. */
export function parseRoomId(pathname: string): string | null {
  const id = /^\/chat\/([^/]+)\/?$/.exec(pathname)?.[1];
  return id === undefined || id === 'new' ? null : id;
}
