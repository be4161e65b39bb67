'use client';

import { type ReactNode, useEffect, useRef, useState } from 'react';
import { useTranslations } from 'use-intl';
import { cn } from '#components/ui/cn.ts';
import { estimateLines } from './estimate-lines.ts';

/** What of a long text is shown at first; the class below says the same. */
const FOLDED_LINES = 16;
/** So many lines more make a fold worth its button. */
const LEAST_HIDDEN_LINES = 4;

/** Characters of full width in a line of the narrowest bubble and of the widest. */
const NARROW_LINE_EM = 17;
const WIDE_LINE_EM = 32;

/** The messages that were unfolded, for as long as the page lives. */
const unfolded = new Set<string>();

/** True for a text that may be too long to stand whole among others. */
export function isWall(body: string): boolean {
  return estimateLines(body, NARROW_LINE_EM) > FOLDED_LINES + LEAST_HIDDEN_LINES;
}

type Props = { messageKey: string; body: string; isOpen: boolean; onUnfold: () => void; children: ReactNode };

/**
 * The beginning of a long text with a way to the rest. The text is in the page whole: it is copied, read
 * out and searched as such. `isOpen` unfolds it for good.
 */
export function Fold({ messageKey, body, isOpen, onUnfold, children }: Props) {
  const label = useTranslations('chat.timeline')('more');
  const box = useRef<HTMLDivElement>(null);
  const [isUnfolded, setIsUnfolded] = useState(isOpen || unfolded.has(messageKey));
  const [isCut, setIsCut] = useState(() => estimateLines(body, WIDE_LINE_EM) > FOLDED_LINES);
  if (isOpen && !isUnfolded) setIsUnfolded(true);

  useEffect(() => {
    if (isUnfolded) unfolded.add(messageKey);
  }, [isUnfolded, messageKey]);
  useEffect(() => {
    const element = box.current;
    if (!element || isUnfolded) return;
    const observer = new ResizeObserver(() => setIsCut(element.scrollHeight > element.clientHeight + 1));
    observer.observe(element);
    return () => observer.disconnect();
  }, [isUnfolded]);

  if (isUnfolded) return children;
  return (
    <div className="relative">
      {/* biome-ignore lint/a11y/noStaticElementInteractions: it listens to what is in it, and offers nothing itself. */}
      <div
        ref={box}
        // What takes the focus in the part that is folded away must be seen.
        onFocus={() => {
          if (!isCut) return;
          onUnfold();
          setIsUnfolded(true);
        }}
        className={cn(
          'max-h-[16lh] overflow-clip',
          isCut && 'mask-b-from-[calc(100%-4lh)] mask-b-to-[calc(100%-1.5lh)]',
        )}
      >
        {children}
      </div>
      {isCut && (
        <button
          type="button"
          tabIndex={-1}
          onClick={() => {
            onUnfold();
            setIsUnfolded(true);
          }}
          className="absolute inset-x-0 bottom-0 flex h-11 items-end text-sm font-medium underline-offset-2 select-none hover:underline"
        >
          {label}
        </button>
      )}
    </div>
  );
}
