'use client';

import { type RefObject, useEffect, useRef, useState } from 'react';
import type { Asked } from '../message/asked.ts';
import type { TimelineHandle } from '../timeline/timeline.tsx';

type Options = {
  root: RefObject<HTMLElement | null>;
  timeline: RefObject<TimelineHandle | null>;
  asked: Asked | null;
  onAsk: (asked: null) => void;
};

/** Where a way back leads: to a reply (0 is one that is not sent yet), or to what stood in the middle. */
type Place = { seq: number; isReply: boolean; isEnd: boolean };
type Trip = { from: Place; toSeq: number };

/** The way back from a jump. */
export type WayBackChoice = { isToReply: boolean; go: () => void };

/**
 * Goes to a message that was quoted or pinned. Gives the way back to the reply or to where one was, the first of several
 * that were left, until it was taken or that place is before one's eyes again; null while there is none.
 */
export function useJumps({ root, timeline, asked, onAsk }: Options): WayBackChoice | null {
  const [trip, setTrip] = useState<Trip | null>(null);
  const wish = asked?.what === 'quote' || asked?.what === 'pin' ? asked : null;
  const ask = useRef(onAsk);
  ask.current = onAsk;
  useEffect(() => {
    if (!wish || !root.current) return;
    ask.current(null);
    const here = readPlace(root.current);
    const from = wish.what === 'pin' ? here : { seq: wish.fromSeq, isReply: true, isEnd: wish.fromSeq === 0 };
    const isNear = isInSight(root.current, wish.seq);
    timeline.current?.toSeq(wish.seq);
    setTrip((known) => (known ? { ...known, toSeq: wish.seq } : isNear ? null : { from, toSeq: wish.seq }));
  }, [wish, root, timeline]);
  useEffect(() => {
    if (trip && root.current) return watchTrip(root.current, trip, () => setTrip(null));
  }, [trip, root]);
  if (!trip) return null;
  const { seq, isReply, isEnd } = trip.from;
  return {
    isToReply: isReply,
    go() {
      setTrip(null);
      if (isEnd) timeline.current?.toEnd();
      else timeline.current?.toSeq(seq);
    },
  };
}

/** How often it is looked at what is in sight (ms): a list that is not long enough to scroll tells nothing. */
const LOOK_MS = 500;

/** Calls `onOver` once the place that was left is in sight after the goal was; returns what ends the watch. */
function watchTrip(root: HTMLElement, { from, toSeq }: Trip, onOver: () => void): () => void {
  let hasArrived = false;
  const look = () => {
    hasArrived ||= isInSight(root, toSeq);
    if (hasArrived && isInSight(root, from.seq)) onOver();
  };
  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}

function isInSight(root: HTMLElement, seq: number): boolean {
  const article = root.querySelector(`article[data-seq="${seq}"]`);
  return article !== null && isShown(root, article);
}

function isShown(root: HTMLElement, article: Element): boolean {
  const frame = root.querySelector('[role=log]')?.getBoundingClientRect();
  const box = article.getBoundingClientRect();
  return frame !== undefined && box.bottom > frame.top && box.top < frame.bottom;
}

/** The message in the middle. Rows beyond the edge are in the page as well, so only at the end the last one is in sight. */
function readPlace(root: HTMLElement): Place {
  const articles = [...root.querySelectorAll('article[data-seq]')];
  const shown = articles.filter((article) => isShown(root, article));
  const middle = shown[Math.floor(shown.length / 2)];
  return {
    seq: Number(middle?.getAttribute('data-seq') ?? 0),
    isReply: false,
    isEnd: shown.at(-1) === articles.at(-1),
  };
}
