import type { Partner } from '#lib/chat/types.ts';
import { PersonRow, rowLook } from './people-options.tsx';

type Props = { people: Partner[]; formAction: (form: FormData) => Promise<void> };

/** The people found, each a button that opens the room by itself: what a page without scripts can do. */
export function PeopleForms({ people, formAction }: Props) {
  return (
    <form action={formAction} className="mt-1">
      {people.map((person) => (
        <button
          key={person.userId}
          type="submit"
          name="partnerId"
          value={person.userId}
          className={`${rowLook} hover:bg-wash`}
        >
          <PersonRow person={person} />
        </button>
      ))}
    </form>
  );
}
