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

type Trip = { fromSeq: number; toSeq: number };

/**
 * Goes to a message that was quoted. Gives the way back to the reply, the first of several that were followed, until it
 * was taken or the reply is before one's eyes again; null while there is none.
 */
export function useQuoteJump({ root, timeline, asked, onAsk }: Options): (() => void) | null {
  const [trip, setTrip] = useState<Trip | null>(null);
  const wish = asked?.what === 'quote' ? asked : null;
  const ask = useRef(onAsk);
  ask.current = onAsk;
  useEffect(() => {
    if (!wish) return;
    ask.current(null);
    timeline.current?.toSeq(wish.seq);
    setTrip((known) => ({ fromSeq: known?.fromSeq ?? wish.fromSeq, toSeq: wish.seq }));
  }, [wish, timeline]);
  useEffect(() => {
    if (trip && root.current) return watchTrip(root.current, trip, () => setTrip(null));
  }, [trip, root]);
  if (!trip) return null;
  return () => {
    setTrip(null);
    // A reply that is not sent yet stands at the end.
    if (trip.fromSeq === 0) timeline.current?.toEnd();
    else timeline.current?.toSeq(trip.fromSeq);
  };
}

/** How often it is looked at what is in sight (ms): a list that is not long enough to scroll tells nothing. */
const LOOK_MS = 500;

/** Calls `onOver` once the reply is in sight after the message that it quotes was; returns what ends the watch. */
function watchTrip(root: HTMLElement, { fromSeq, toSeq }: Trip, onOver: () => void): () => void {
  let hasArrived = false;
  const look = () => {
    hasArrived ||= isInSight(root, toSeq);
    if (hasArrived && isInSight(root, fromSeq)) onOver();
  };
  const timer = setInterval(look, LOOK_MS);
  return () => clearInterval(timer);
}

function isInSight(root: HTMLElement, seq: number): boolean {
  const frame = root.querySelector('[role=log]')?.getBoundingClientRect();
  const box = root.querySelector(`article[data-seq="${seq}"]`)?.getBoundingClientRect();
  return frame !== undefined && box !== undefined && box.bottom > frame.top && box.top < frame.bottom;
}
