const ENTITIES: Record<string, string> = { amp: '&', lt: '<', gt: '>', quot: '"', nbsp: ' ' };

function decodeEntities(text: string): string {
  return text.replace(/&(#x[\da-f]+|#\d+|[a-z]+);/gi, (whole, name: string) => {
    if (!name.startsWith('#')) return ENTITIES[name.toLowerCase()] ?? whole;
    const code = /^#x/i.test(name) ? Number.parseInt(name.slice(2), 16) : Number(name.slice(1));
    return code <= 0x10ffff ? String.fromCodePoint(code) : whole;
  });
}

/**
 * The links of a mail's HTML with their words, in order, each address once. Good for the mails that
 * this product writes; only http, https and mailto addresses are listed.
 */
export function listLinks(html: string): { href: string; label: string }[] {
  const links = new Map<string, string>();
  for (const [, quoted = '', inner = ''] of html.matchAll(/<a\b[^>]*?\shref="([^"]*)"[^>]*>(.*?)<\/a>/gis)) {
    const href = decodeEntities(quoted);
    const label = decodeEntities(inner.replace(/<!--.*?-->|<[^>]*>/gs, ''))
      .replace(/\s+/g, ' ')
      .trim();
    if (/^(https?|mailto):/i.test(href) && !links.has(href)) links.set(href, label || href);
  }
  return [...links].map(([href, label]) => ({ href, label }));
}
