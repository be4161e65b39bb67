'use client';

import { type RefObject, useEffect, useRef } from 'react';
import { swallowClick, vibrate } from './held.ts';
import { HOLD_MS, readSwipe, readTurn } from './touch-gesture.ts';

/** A swipe that begins this near to the edge is the system's own way back (pixels). */
const EDGE_PX = 24;

type Options = {
  root: RefObject<HTMLElement | null>;
  /** The sign that stands beside a message while it is swiped. */
  sign: RefObject<HTMLElement | null>;
  onHold: (article: HTMLElement) => void;
  onReply: (article: HTMLElement) => void;
};

type Touch = {
  pointerId: number;
  article: HTMLElement;
  x: number;
  y: number;
  timer: number;
  state: 'resting' | 'held' | 'swiping';
  isReply: boolean;
};

/** On a message a finger that rests opens its menu, and one that goes to the right answers it. */
export function useTouchGestures({ root, sign, onHold, onReply }: Options): void {
  const now = useRef({ onHold, onReply });
  now.current = { onHold, onReply };
  useEffect(() => {
    if (root.current) return listenForTouches(root.current, sign, now);
  }, [root, sign]);
}

type Heard = RefObject<Pick<Options, 'onHold' | 'onReply'>>;

/** Follows one finger at a time; returns what ends that. */
function listenForTouches(element: HTMLElement, sign: Options['sign'], heard: Heard): () => void {
  let touch: Touch | null = null;

  const end = () => {
    if (!touch) return;
    clearTimeout(touch.timer);
    setSelectable(touch.article, true);
    if (touch.state === 'swiping') moveMessage(touch.article, sign.current, null);
    touch = null;
  };
  const begin = ({ pointerType, isPrimary, target, clientX: x, clientY: y, pointerId }: PointerEvent) => {
    end();
    const article = findHeld(target as Element);
    if (pointerType !== 'touch' || !isPrimary || !article) return;
    // While the finger holds it, nothing in it is selected.
    setSelectable(article, false);
    const timer = window.setTimeout(() => {
      if (touch) touch.state = 'held';
      swallowClick();
      vibrate();
      heard.current.onHold(article);
    }, HOLD_MS);
    touch = { pointerId, article, x, y, timer, state: 'resting', isReply: false };
  };
  const move = ({ pointerId, clientX, clientY }: PointerEvent) => {
    if (touch?.pointerId !== pointerId || touch.state === 'held') return;
    const dx = clientX - touch.x;
    if (touch.state === 'resting') {
      const turn = readTurn(dx, clientY - touch.y);
      if (turn === 'rest') return;
      if (turn === 'leave' || touch.x < EDGE_PX || !touch.article.dataset.seq) return end();
      clearTimeout(touch.timer);
      touch.state = 'swiping';
    }
    const { offset, isReply } = readSwipe(dx);
    if (isReply && !touch.isReply) vibrate();
    touch.isReply = isReply;
    moveMessage(touch.article, sign.current, { offset, isReply });
  };
  const leave = ({ pointerId }: PointerEvent) => {
    if (touch?.pointerId !== pointerId) return;
    const { article, isReply } = touch;
    end();
    if (isReply) heard.current.onReply(article);
  };

  const listening = new AbortController();
  const { signal } = listening;
  element.addEventListener('pointerdown', begin, { signal });
  element.addEventListener('pointermove', move, { signal });
  element.addEventListener('pointerup', leave, { signal });
  element.addEventListener('pointercancel', end, { signal });
  return () => {
    end();
    listening.abort();
  };
}

/** The message under a finger; none where what it touches has a use of its own. */
function findHeld(target: Element): HTMLElement | null {
  return target.closest('a')
    ? null
    : target.closest<HTMLElement>('article[aria-labelledby]:not([data-selecting])');
}

function setSelectable({ style }: HTMLElement, isSelectable: boolean): void {
  style.userSelect = style.webkitUserSelect = isSelectable ? '' : 'none';
}

/** Lets a message follow the finger with the sign of a reply beside it; null lets it go. */
function moveMessage(
  article: HTMLElement,
  sign: HTMLElement | null,
  swipe: { offset: number; isReply: boolean } | null,
): void {
  article.style.translate = swipe ? `${swipe.offset}px` : '';
  article.style.transition = swipe ? 'none' : 'translate 160ms ease-out';
  if (!sign) return;
  sign.hidden = !swipe;
  sign.toggleAttribute('data-reply', swipe?.isReply ?? false);
  if (!swipe) return;
  const box = article.getBoundingClientRect();
  sign.style.left = `${box.left - swipe.offset + 12}px`;
  sign.style.top = `${(box.top + box.bottom) / 2 - 16}px`;
  sign.style.opacity = String(Math.min(1, swipe.offset / 40));
}
