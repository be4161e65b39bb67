/** One thing that was checked, in plain words: it is fine, worth knowing, or needs fixing. */
export type Finding = { level: 'ok' | 'note' | 'problem'; text: string };

export const ok = (text: string): Finding => ({ level: 'ok', text });
export const note = (text: string): Finding => ({ level: 'note', text });
export const problem = (text: string): Finding => ({ level: 'problem', text });

/** The part of DNS that is used here; `node:dns/promises` has it, and tests bring their own. */
export type Dns = {
  resolveTxt(name: string): Promise<string[][]>;
  resolveMx(name: string): Promise<{ exchange: string; priority: number }[]>;
};

/** The TXT records of a name as whole strings; none when the name is not there. */
export async function readTxt(dns: Dns, name: string): Promise<string[]> {
  try {
    return (await dns.resolveTxt(name)).map((parts) => parts.join(''));
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

/** The mail servers of a name, the first choice first; none when there are none. */
export async function readMx(dns: Dns, name: string): Promise<string[]> {
  try {
    const records = await dns.resolveMx(name);
    return records.sort((a, b) => a.priority - b.priority).map(({ exchange }) => exchange);
  } catch (error) {
    if (isAbsent(error)) return [];
    throw error;
  }
}

function isAbsent(error: unknown): boolean {
  const { code } = error as { code?: string };
  return code === 'ENOTFOUND' || code === 'ENODATA';
}
