'use client';

import { useEffect, useRef } from 'react';
import { Name } from '#components/chat/name.tsx';
import { Avatar } from '#components/ui/avatar.tsx';
import { cn } from '#components/ui/cn.ts';
import { Spinner } from '#components/ui/spinner.tsx';
import type { Partner } from '#lib/chat/types.ts';

type Props = {
  id: string;
  label: string;
  people: Partner[];
  activeId: string | undefined;
  /** Whose conversation is being opened. */
  pendingId: string | null;
  onPoint: (index: number) => void;
  onChoose: (person: Partner) => void;
};

/** The people found. Focus stays in the search box, which names the active option. */
export function PeopleOptions({ id, label, people, activeId, pendingId, onPoint, onChoose }: Props) {
  const list = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (activeId) list.current?.querySelector(`#person-${activeId}`)?.scrollIntoView({ block: 'nearest' });
  }, [activeId]);
  return (
    <div ref={list} id={id} role="listbox" aria-label={label} className="mt-1">
      {people.map((person, index) => (
        // biome-ignore lint/a11y/useKeyWithClickEvents: the search box handles the keys of the list.
        <div
          key={person.userId}
          id={`person-${person.userId}`}
          role="option"
          tabIndex={-1}
          aria-selected={person.userId === activeId}
          onPointerMove={() => onPoint(index)}
          onPointerDown={(event) => event.preventDefault()}
          onClick={() => onChoose(person)}
          className={cn(
            rowLook,
            'cursor-pointer',
            // The focus stays in the box; this shows where Enter goes.
            person.userId === activeId && 'bg-wash outline-2 -outline-offset-2 outline-celadon',
          )}
        >
          <PersonRow person={person} />
          {pendingId === person.userId && <Spinner className="ml-auto shrink-0 text-muted" />}
        </div>
      ))}
    </div>
  );
}

export const rowLook =
  'flex min-h-14 w-full items-center gap-3 rounded-control px-3 py-1.5 text-left text-base active:bg-press';

export function PersonRow({ person }: { person: Partner }) {
  return (
    <>
      <Avatar userId={person.userId} name={person.username} />
      <Name className="min-w-0 wrap-anywhere">{person.username}</Name>
    </>
  );
}
