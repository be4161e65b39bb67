import { stripBidiControls } from '#lib/text/normalize.ts';
import { cn } from './cn.ts';

// Whole class names, so that Tailwind finds them.
const hues = [
  'bg-avatar-1 text-avatar-1-ink',
  'bg-avatar-2 text-avatar-2-ink',
  'bg-avatar-3 text-avatar-3-ink',
  'bg-avatar-4 text-avatar-4-ink',
  'bg-avatar-5 text-avatar-5-ink',
  'bg-avatar-6 text-avatar-6-ink',
  'bg-avatar-7 text-avatar-7-ink',
  'bg-avatar-8 text-avatar-8-ink',
] as const;

const sizes = { sm: 'size-9 text-sm', md: 'size-11 text-base' } as const;

function pickHue(userId: string) {
  let hash = 0x811c9dc5; // FNV-1a, 32 bits
  for (let i = 0; i < userId.length; i++) hash = Math.imul(hash ^ userId.charCodeAt(i), 0x01000193);
  // The low bits alone follow the last character too closely.
  return hues[((hash >>> 16) ^ (hash & 0xffff)) % hues.length];
}

const graphemes = new Intl.Segmenter(undefined, { granularity: 'grapheme' });

function takeInitial(name: string): string {
  const [first] = graphemes.segment(stripBidiControls(name).normalize('NFC').trim());
  return first?.segment.toUpperCase() ?? '?';
}

type Props = { userId: string; name: string; size?: keyof typeof sizes; className?: string };

/** The person's initial on a hue that stays theirs. Decoration: the name stands beside it. */
export function Avatar({ userId, name, size = 'md', className }: Props) {
  return (
    <span
      aria-hidden
      className={cn(
        'inline-flex shrink-0 items-center justify-center rounded-full font-semibold select-none',
        pickHue(userId),
        sizes[size],
        className,
      )}
    >
      {takeInitial(name)}
    </span>
  );
}
