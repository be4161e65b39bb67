import type { ReactNode } from 'react';
import { cn } from '#components/ui/cn.ts';
import { isEmojiOnly } from '#lib/text/emoji.ts';
import { splitLinks, type TextPart } from '#lib/text/links.ts';

type Range = readonly [start: number, end: number];

type Props = {
  body: string;
  /** What to mark, as UTF-16 offsets into `body`. */
  highlight?: readonly Range[];
  /** On my own bubble a link wears my colour, else the other voice's. */
  isMine?: boolean;
  /** -1 where arrows lead to links and Tab does not. */
  linkTabIndex?: number;
  className?: string;
};

/** Overlaps joined, in order, inside the text. */
function mergeRanges(ranges: readonly Range[], length: number): Range[] {
  const merged: Array<[number, number]> = [];
  const sorted = ranges
    .map(([start, end]): [number, number] => [Math.max(0, start), Math.min(length, end)])
    .filter(([start, end]) => start < end)
    .sort((a, b) => a[0] - b[0]);
  for (const [start, end] of sorted) {
    const last = merged.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else merged.push([start, end]);
  }
  return merged;
}

function Mark({ children }: { children: ReactNode }) {
  return <mark className="rounded-xs bg-mark text-ink">{children}</mark>;
}

/** The text with its marked stretches; `offset` is where it begins in the body. */
function markText(text: string, offset: number, ranges: readonly Range[]): ReactNode {
  const nodes: ReactNode[] = [];
  let at = 0;
  for (const [start, end] of ranges) {
    const from = Math.max(start - offset, at);
    const to = Math.min(end - offset, text.length);
    if (from >= to) continue;
    if (from > at) nodes.push(text.slice(at, from));
    nodes.push(<Mark key={from}>{text.slice(from, to)}</Mark>);
    at = to;
  }
  if (at === 0) return text;
  if (at < text.length) nodes.push(text.slice(at));
  return nodes;
}

function renderLink(part: TextPart & { kind: 'link' }, offset: number, ranges: readonly Range[]): ReactNode {
  if (part.display === part.text) return markText(part.text, offset, ranges);
  // Offsets do not carry over to another spelling: a hit anywhere in it marks the whole.
  const isHit = ranges.some(([start, end]) => start < offset + part.text.length && end > offset);
  return isHit ? <Mark>{part.display}</Mark> : part.display;
}

/**
 * The words of a message: text as text, addresses as links, one to three emoji large.
 *
 * Each line is its own paragraph for the bidirectional algorithm and each link is isolated, so no
 * control character reorders anything beyond the line that holds it.
 */
export function MessageBody({ body, highlight = [], isMine = false, linkTabIndex, className }: Props) {
  const ranges = mergeRanges(highlight, body.length);
  let offset = 0;
  const nodes = splitLinks(body).map((part) => {
    const start = offset;
    offset += part.text.length;
    if (part.kind === 'text') return markText(part.text, start, ranges);
    return (
      <a
        key={start}
        href={part.href}
        target="_blank"
        rel="noopener noreferrer nofollow"
        dir="ltr"
        tabIndex={linkTabIndex}
        className={cn('underline underline-offset-2', isMine ? 'text-persimmon-ink' : 'text-celadon-ink')}
      >
        {renderLink(part, start, ranges)}
      </a>
    );
  });
  return (
    <p
      dir="auto"
      className={cn(
        'min-w-0 break-keep whitespace-pre-wrap wrap-anywhere [unicode-bidi:plaintext]',
        isEmojiOnly(body) && 'text-emoji',
        className,
      )}
    >
      {nodes}
    </p>
  );
}
