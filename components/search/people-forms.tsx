import type { Fault, Partner } from '#lib/chat/types.ts';
import { PersonRow, rowLook } from './people-options.tsx';

/** Opens the conversation with the person that a form names, or answers why not. */
export type StartFormAction = (before: Fault | null, form: FormData) => Promise<Fault | null>;

type Props = { people: Partner[]; action: (form: FormData) => void };

/** The people found, each a button that opens the conversation by itself: what a page without scripts can do. */
export function PeopleForms({ people, action }: Props) {
  return (
    <form action={action} className="mt-1">
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
